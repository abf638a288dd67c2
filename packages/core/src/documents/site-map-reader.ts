import { gunzipSync } from 'node:zlib';
import { AppError } from '../app-error.ts';
import { limits } from '../limits.ts';
import type { WebPage, WebPageSource } from '../ports.ts';
import { decodeText } from './parsers/decode-text.ts';

/** Site maps of site maps name others in turn; deeper ones are a circle. */
const DEPTH_MAX = 2;
/** Of one site map, as the format allows. */
const ADDRESSES_MAX = 50_000;
const usualPlaces = ['/sitemap.xml', '/sitemap_index.xml'];

/** Reads the site maps of one site. Addresses are read from the text alone: no XML of a stranger's is parsed, and none is large. */
export function createSiteMapReader(webPages: WebPageSource, typed: string) {
  const start = parseAddress(typed);
  const isOfSite = (address: URL) => siteOf(address) === siteOf(start);
  const isSiteMap = /\.(?:xml|xml\.gz|gz)$/i.test(start.pathname);
  let requestsLeft = limits.siteMapsMax;
  const read = async (address: string): Promise<string> => {
    requestsLeft -= 1;
    return textOf(await webPages.fetch(address));
  };

  async function* readMap(address: string, depth: number): AsyncGenerator<URL> {
    const text = await read(address);
    const locations = listLocations(text);
    if (!/<sitemapindex[\s>]/.test(text)) {
      yield* locations;
      return;
    }
    for (const location of locations) {
      if (depth === DEPTH_MAX || requestsLeft <= 0) return;
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
    for (const { href } of named) if (requestsLeft > 0) yield* orNothing(readMap(href, 0));
    if (named.length > 0) return;
    for (const place of usualPlaces) {
      let isFound = false;
      for await (const address of orNothing(readMap(new URL(place, start).href, 0))) {
        isFound = true;
        yield address;
      }
      if (isFound) return;
    }
  }

  return {
    listAddresses,
    isOfSite,
    isWanted: ({ pathname }: URL) => isSiteMap || !start.pathname.endsWith('/') || pathname.startsWith(start.pathname),
    nothingFound: () =>
      new AppError(
        'invalid-input',
        `“${start.hostname}” has no site map that names pages${start.pathname === '/' ? '' : ' below this address'}. Add its pages one by one.`,
        { reason: 'no-site-map' },
      ),
  };
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
  return [...robots.matchAll(/^\s*sitemap\s*:\s*(\S+)/gim)].flatMap(
    ([, address = '']) => URL.parse(address, base.href) ?? [],
  );
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What a site map names, or a plain list of addresses, one on a line. */
function* listLocations(text: string): Generator<URL> {
  const isMap = /<(?:urlset|sitemapindex)[\s>]/.test(text);
  if (!isMap && text.trimStart().startsWith('<')) return;
  const places = isMap ? text.matchAll(/<loc>\s*(?:<!\[CDATA\[)?\s*([^\s<\]]+)/g) : text.matchAll(/^\s*(\S+)/gm);
  let count = 0;
  for (const [, spelt = ''] of places) {
    const address = spelt.replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => entities[name] ?? whole);
    const url = /^https?:\/\//i.test(address) ? URL.parse(address) : null;
    if (url === null) continue;
    url.hash = '';
    yield url;
    count += 1;
    if (count === ADDRESSES_MAX) return;
  }
}
