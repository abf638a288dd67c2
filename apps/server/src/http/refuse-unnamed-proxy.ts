import { isIP } from 'node:net';
import { AppError } from '@twin/core/app-error';
import type { MiddlewareHandler } from 'hono';
import type { Access } from '../auth/access.ts';
import { isLoopbackHost } from '../auth/loopback.ts';
import type { HttpEnv } from './http-env.ts';

/** Where proxies write down whom they speak for. */
const forwardingHeaders = [
  'forwarded',
  'x-forwarded-for',
  'x-real-ip',
  'cf-connecting-ip',
  'true-client-ip',
  'fly-client-ip',
];

/**
 * Where no account protects the twin, refuses what a proxy passes on for another machine, whatever name the proxy calls
 * this server by: the twin was started for this machine alone. A header can only close this door, never open it.
 */
export function refuseUnnamedProxy(access: Access): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const from = access.kind === 'local' ? forwardingHeaders.flatMap((name) => addressesIn(c.req.header(name))) : [];
    const beyond = from.find((address) => !isLoopbackHost(address));
    if (beyond !== undefined) {
      throw new AppError(
        'forbidden',
        `A proxy passed this on for ${beyond}, but this twin was started without an account, for its own machine. Set PUBLIC_URL to the address people open, and it will ask for an owner.`,
        { reason: 'unnamed-proxy' },
      );
    }
    await next();
  };
}

/** `1.2.3.4, ::1` as well as `for=1.2.3.4;proto=https, for="[2001:db8::1]:4711"`. */
function addressesIn(header = ''): string[] {
  return header
    .split(/[,;]/)
    .map((part) => part.trim().replace(/^for=/i, '').replaceAll('"', ''))
    .map((part) => /^\[(.*)\](?::\d+)?$/.exec(part)?.[1] ?? part.replace(/^([\d.]+):\d+$/, '$1'))
    .map((part) => part.replace(/^::ffff:(?=[\d.]+$)/i, ''))
    .filter((part) => isIP(part) !== 0);
}
