import type { Logger } from '@twin/core/ports';

/** Says once what it means that a proxy which TRUSTED_PROXIES does not list tells of other addresses. */
export function warnOfUnlistedProxy(logger: Logger): (address: string) => void {
  let isTold = false;
  return (address) => {
    if (isTold) return;
    isTold = true;
    const meaning =
      'X-Forwarded-For comes from an address that TRUSTED_PROXIES does not list, and is not believed: if it is your ' +
      'proxy, everyone who comes through it shares one limit for signing in. List it there.';
    logger.warn({ address }, meaning);
  };
}
