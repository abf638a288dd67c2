import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type TcpSocketConnectOpts } from 'node:net';
import { AppError } from '@twin/core/app-error';
import { limits } from '@twin/core/limits';
import type { WebPage, WebPageSource } from '@twin/core/ports';
import { isPublicAddress } from './public-address.ts';
import { readWebBody } from './read-web-body.ts';

export interface WebAccess {
  /** All addresses of a name. */
  resolve(hostname: string): Promise<string[]>;
  /** Whether a server at this address may be asked. */
  isAllowed(address: string): boolean;
  ports: readonly number[];
}

/** How long an address may take to accept a connection when there is another one to try. */
const ADDRESS_MS = 5_000;

const internet: WebAccess = {
  resolve: async (hostname) => (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address),
  isAllowed: isPublicAddress,
  ports: [80, 443],
};

/**
 * Fetches pages of the internet and nothing else. One parser reads the address; its name is resolved once, every address
 * it has must be public, and the connection goes to the first of these very addresses that accepts it; each redirect starts
 * over. Bytes, time and redirects are limited, and no cookie, credential or proxy setting of this process is used.
 *
 * @param access tests reach servers of their own.
 * @param msMax for all of it, to the last byte of the page.
 */
export function createWebPageSource(access: WebAccess = internet, msMax: number = limits.webPageMsMax): WebPageSource {
  return {
    async fetch(url, ending) {
      const timeout = AbortSignal.timeout(msMax);
      const signal = ending === undefined ? timeout : AbortSignal.any([timeout, ending]);
      const requestedUrl = parseAddress(url, access);
      let current = requestedUrl;
      for (let redirects = 0; redirects <= limits.webRedirectsMax; redirects += 1) {
        const response = await ask(current, access, signal);
        const next = redirectOf(response, current);
        if (next === undefined) return await readPage(response, { requestedUrl, finalUrl: current }, signal);
        response.destroy();
        current = parseAddress(next, access);
      }
      throw refused(url, 'too-many-redirects', 'leads from one address to the next without end. Use the final one.');
    },
  };
}

function parseAddress(text: string, { ports }: WebAccess): URL {
  const typed = text.trim();
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw refused(text, 'not-a-web-address', 'is no web address. Use one like https://example.org/page.');
  }
  if (url.username !== '' || url.password !== '') {
    throw refused(text, 'credentials', 'holds a name or password, which would be stored. Use a page that needs none.');
  }
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  if (!ports.includes(port)) {
    throw refused(text, 'port', `asks for port ${port}. Pages are read from ports ${ports.join(' and ')} alone.`);
  }
  url.hash = '';
  return url;
}

async function ask(url: URL, access: WebAccess, signal: AbortSignal): Promise<IncomingMessage> {
  const addresses = await addressesOf(url, access, signal);
  // The addresses that were checked, in turn until one answers: what the name means a moment later does not matter.
  const connection = {
    host: bare(url.hostname),
    lookup: (_name, _options, found) => found(null, addresses),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_MS,
  } satisfies Partial<TcpSocketConnectOpts>;
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return await new Promise((resolve, reject) => {
    const request = send(
      {
        ...connection,
        port: url.port === '' ? undefined : url.port,
        path: `${url.pathname}${url.search}`,
        headers: {
          host: url.host,
          accept: 'text/html, application/pdf, text/*;q=0.9, */*;q=0.5',
          'accept-encoding': 'gzip, br',
          'user-agent': 'DigitalTwin/1.0 (a person asked for this page)',
        },
        agent: false,
        signal,
      },
      resolve,
    );
    request.once('error', (error) => reject(unreachable(url, error, signal)));
    request.end();
  });
}

async function addressesOf(url: URL, access: WebAccess, signal: AbortSignal): Promise<LookupAddress[]> {
  const hostname = bare(url.hostname);
  const addresses = isIP(hostname) === 0 ? await resolveName(url, access, signal) : [hostname];
  if (addresses.length === 0) throw unreachable(url, new Error('No address'), signal);
  // One private address among public ones is how a name is made to change its meaning: all of them must be public.
  if (!addresses.every((address) => access.isAllowed(address))) {
    throw refused(url.href, 'private-address', 'is inside a private network, which this server does not read from.');
  }
  return addresses.map((address) => ({ address, family: isIP(address) }));
}

async function resolveName(url: URL, access: WebAccess, signal: AbortSignal): Promise<string[]> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(unreachable(url, signal.reason, signal)), { once: true });
  });
  const resolved = access.resolve(bare(url.hostname)).catch((error: unknown) => {
    throw unreachable(url, error, signal);
  });
  return await Promise.race([resolved, aborted]);
}

/** Without the brackets of an IPv6 address and the dot that ends a full name. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): string | undefined {
  const isRedirect = [301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined;
  return isRedirect ? (URL.parse(headers.location ?? '', from.href)?.href ?? headers.location) : undefined;
}

async function readPage(
  response: IncomingMessage,
  { requestedUrl, finalUrl }: { requestedUrl: URL; finalUrl: URL },
  signal: AbortSignal,
): Promise<WebPage> {
  const { statusCode = 0 } = response;
  if (statusCode !== 200) {
    response.destroy();
    throw refused(
      finalUrl.href,
      `http-${statusCode}`,
      `answers with ${statusCode} instead of a page. Open it in a browser first.`,
      { retryAfterMs: retryAfterOf(response) },
    );
  }
  const bytes = await readWebBody(response, limits.webPageBytesMax).catch((error: unknown) => {
    if (error instanceof RangeError) {
      const megabytes = limits.webPageBytesMax / 1024 / 1024;
      throw refused(finalUrl.href, 'too-large', `is larger than ${megabytes} MB. Save it as a file and upload that.`);
    }
    throw unreachable(finalUrl, error, signal);
  });
  const mediaType = response.headers['content-type'] ?? null;
  return { requestedUrl: requestedUrl.href, finalUrl: finalUrl.href, mediaType, bytes };
}

/** How long a server that is too busy asks to wait. */
function retryAfterOf({ statusCode, headers }: IncomingMessage): number | undefined {
  const asked = headers['retry-after'];
  if ((statusCode !== 429 && statusCode !== 503) || asked === undefined) return undefined;
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function refused(
  address: string,
  reason: string,
  explanation: string,
  { cause, retryAfterMs }: { cause?: unknown; retryAfterMs?: number | undefined } = {},
): AppError {
  const again = retryAfterMs === undefined ? {} : { retryAfterMs };
  return new AppError('invalid-input', `“${address.slice(0, 200)}” ${explanation}`, { reason, cause, ...again });
}

function unreachable(url: URL, cause: unknown, signal: AbortSignal): AppError {
  if (cause instanceof AppError) return cause;
  if (signal.aborted) {
    return refused(url.href, 'timed-out', `did not answer within ${limits.webPageMsMax / 1000} s. Try again later.`, {
      cause,
    });
  }
  return refused(url.href, 'unreachable', 'cannot be reached. Check the address, and try it in a browser.', { cause });
}
