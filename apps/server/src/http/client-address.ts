import { BlockList, isIP } from 'node:net';

/** Finds the address a request came from, for limits and the log. */
export type ClientAddress = (socketAddress: string | undefined, forwardedFor: string | undefined) => string;

/**
 * Believes `X-Forwarded-For` only as far as listed proxies wrote it: from the right, the first address that is not a
 * listed proxy. Without listed proxies it is the socket's address, whatever the header says.
 *
 * @param onUnlistedProxy told the socket's address when the header comes from one that is not listed.
 */
export function createClientAddress(
  trustedProxies: readonly string[],
  onUnlistedProxy?: (address: string) => void,
): ClientAddress {
  const proxies = new BlockList();
  for (const entry of trustedProxies) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    proxies.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  const isProxy = (address: string) => proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

  return (socketAddress, forwardedFor) => {
    let address = withoutMapping(socketAddress ?? '');
    if (forwardedFor !== undefined && isIP(address) !== 0 && !isProxy(address)) onUnlistedProxy?.(address);
    for (const hop of (forwardedFor ?? '').split(',').toReversed()) {
      const claimed = withoutMapping(hop.trim());
      if (isIP(address) === 0 || isIP(claimed) === 0 || !isProxy(address)) {
        break;
      }
      address = claimed;
    }
    return address;
  };
}

/** What an address is counted by: an IPv6 subscriber holds a whole /64. */
export function countedAddress(address: string): string {
  if (isIP(address) !== 6) {
    return address;
  }
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]`);
  const [head = '', tail = ''] = hostname.slice(1, -1).split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}

function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}
