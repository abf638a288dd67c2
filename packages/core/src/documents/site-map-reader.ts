import { gunzipSync } from 'node:zlib';
import { AppError } from '../app-error.ts';
import { limits } from '../limits.ts';
import type { WebPage, WebPageSource } from '../ports.ts';
import { decodeText } from './parsers/decode-text.ts';

/** Site maps of site maps name others in turn; deeper ones are a circle. */
const DEPTH_MAX = 2;
/** What is read of a `robots.txt`, as search engines do. */
const ROBOTS_CHARACTERS_MAX = 500_000;
const usualPlaces = ['/sitemap.xml', '/sitemap_index.xml'];

/**
 * Reads the site maps of one site, as many as the limits allow, until `signal` ends it. Addresses are read from the text alone: no XML
 * of a stranger's is parsed. This runs in the server itself, so every expression here must take time in proportion to the text.
 */
export function createSiteMapReader(webPages: WebPageSource, typed: string, signal: AbortSignal) {
  const start = parseAddress(typed);
  const isOfSite = (address: URL) => siteOf(address) === siteOf(start);
  const isSiteMap = /\.(?:xml|xml\.gz|gz)$/i.test(start.pathname);
  let requestsLeft = limits.siteMapsMax;
  let addressesLeft = limits.siteAddressesMax;
  const isSpent = () => requestsLeft <= 0 || addressesLeft <= 0;
  const read = async (address: string): Promise<string> => {
    signal.throwIfAborted();
    requestsLeft -= 1;
    return textOf(await webPages.fetch(address, signal));
  };

  /** Whatever is named counts, also what is no address of a page: a map of nothing else is as long to read. */
  function* takeLocations(text: string): Generator<URL> {
    for (const spelt of listLocations(text)) {
      if (addressesLeft <= 0) return;
      addressesLeft -= 1;
      const url = toPageAddress(spelt);
      if (url !== null) yield url;
    }
  }

  async function* readMap(address: string, depth: number): AsyncGenerator<URL> {
    const text = await read(address);
    const locations = takeLocations(text);
    if (!/<sitemapindex[\s>]/.test(text)) {
      yield* locations;
      return;
    }
    for (const location of locations) {
      if (depth === DEPTH_MAX || isSpent()) return;
      // Of many site maps one may be gone. One that is too busy is told of: its pages would be missing unseen.
      if (isOfSite(location)) yield* orNothing(readMap(location.href, depth + 1));
    }
  }

  async function* listAddresses(): AsyncGenerator<URL> {
    if (isSiteMap) {
      yield* readMap(start.href, 0);
      return;
    }
    const robots = await read(new URL('/robots.txt', start).href).catch(orEmpty);
    const named = listSiteMaps(robots, start).filter(isOfSite);
    for (const { href } of named) if (!isSpent()) yield* orNothing(readMap(href, 0));
    if (named.length > 0) return;
    for (const place of usualPlaces) {
      if (isSpent()) return;
      let isFound = false;
      for await (const address of orNothing(readMap(new URL(place, start).href, 0))) {
        isFound = true;
        yield address;
      }
      if (isFound) return;
    }
  }

  return {
    hostname: start.hostname,
    listAddresses,
    isOfSite,
    isWanted: ({ pathname }: URL) => isSiteMap || !start.pathname.endsWith('/') || pathname.startsWith(start.pathname),
    nothingFound: () => noPages(start),
  };
}

function noPages({ hostname, pathname }: URL): AppError {
  return new AppError(
    'invalid-input',
    `“${hostname}” has no site map that names pages${pathname === '/' ? '' : ' below this address'}. Add its pages one by one.`,
    { reason: 'no-site-map' },
  );
}

function parseAddress(typed: string): URL {
  const text = typed.trim();
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new AppError(
      'invalid-input',
      `“${text.slice(0, 200)}” is no web address. Use one like https://example.org/.`,
      {
        reason: 'not-a-web-address',
      },
    );
  }
  url.hash = '';
  return url;
}

/** With and without `www.` is one site to those who run it. */
function siteOf({ host }: URL): string {
  return host.replace(/^www\./, '');
}

/** Nothing where the site has no such file; what else goes wrong goes wrong for the pages as well. */
function orEmpty(error: unknown): string {
  if (
    error instanceof AppError &&
    /^http-(?:4\d\d|5\d\d)$/.test(error.reason ?? '') &&
    error.retryAfterMs === undefined
  ) {
    return '';
  }
  throw error;
}

async function* orNothing(addresses: AsyncGenerator<URL>): AsyncGenerator<URL> {
  try {
    yield* addresses;
  } catch (error) {
    orEmpty(error);
  }
}

/** A site map may be packed as a file. @throws AppError when it is no text or too large. */
function textOf({ bytes, finalUrl }: WebPage): string {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return decodeText(isPacked ? gunzipSync(bytes, { maxOutputLength: limits.webPageBytesMax }) : bytes) ?? '';
  } catch (cause) {
    throw new AppError('invalid-input', `“${finalUrl}” is no site map that can be read.`, {
      reason: 'not-a-site-map',
      cause,
    });
  }
}

function listSiteMaps(robots: string, base: URL): URL[] {
  return [...robots.slice(0, ROBOTS_CHARACTERS_MAX).matchAll(/^[ \t]*sitemap[ \t]*:[ \t]*(\S+)/gim)]
    .filter(([, address = '']) => address.length <= limits.webAddressCharactersMax)
    .flatMap(([, address = '']) => URL.parse(address, base.href) ?? []);
}

/** What a site map names, or a plain list of addresses: what begins each line. */
function* listLocations(text: string): Generator<string> {
  const isMap = /<(?:urlset|sitemapindex)[\s>]/.test(text);
  if (!isMap && /^\s*</.test(text)) return;
  const places = isMap ? text.matchAll(/<loc>\s*(?:<!\[CDATA\[\s*)?([^\s<\]]+)/g) : text.matchAll(/(\S+)[^\n\r]*/g);
  for (const [, spelt = ''] of places) yield spelt;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Null for what is none, and for what is longer than any page is asked for by. */
function toPageAddress(spelt: string): URL | null {
  if (spelt.length > limits.webAddressCharactersMax) return null;
  const address = spelt.replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => entities[name] ?? whole);
  const url = /^https?:\/\//i.test(address) ? URL.parse(address) : null;
  if (url === null) return null;
  url.hash = '';
  return url.href.length > limits.webAddressCharactersMax ? null : url;
}
