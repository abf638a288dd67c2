import { BlockList, isIP } from 'node:net';

// IANA's registries of special-purpose addresses: what of them may not be a public server.
const special4 = `
  0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24
  192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4
  240.0.0.0/4`;
/** Within 2000::/3. The last three stand for IPv4 addresses, which may be private ones. */
const special6 = '2001:db8::/32 3fff::/20 2001::/23 2002::/16 2620:4f:8000::/48';

const blocked = new BlockList();
for (const range of special4.trim().split(/\s+/)) add(range, 'ipv4');
for (const range of special6.split(' ')) add(range, 'ipv6');
/** The only block of IPv6 that is routed on the internet. Mapped IPv4, NAT64, link-local and private ones lie outside. */
const routed6 = new BlockList();
routed6.addSubnet('2000::', 3, 'ipv6');

function add(range: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', prefix = ''] = range.split('/');
  blocked.addSubnet(address, Number(prefix), family);
}

/** Whether an IP address may be a server on the internet: not this machine, its network, or anything set apart. */
export function isPublicAddress(address: string): boolean {
  if (address.includes('%')) return false;
  switch (isIP(address)) {
    case 4:
      return !blocked.check(address, 'ipv4');
    case 6:
      return routed6.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
    default:
      return false;
  }
}
