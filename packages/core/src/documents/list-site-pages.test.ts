import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { AppError } from '../app-error.ts';
import { limits } from '../limits.ts';
import { listSitePages } from './list-site-pages.ts';

/** A web of these files; every other address has none. */
function webOf(files: Record<string, string | Uint8Array | AppError>) {
  const asked: string[] = [];
  const fetch = (url: string) => {
    asked.push(url);
    const file = files[url] ?? new AppError('invalid-input', `“${url}” answers with 404`, { reason: 'http-404' });
    if (file instanceof AppError) return Promise.reject(file);
    const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : new Uint8Array(file);
    return Promise.resolve({ requestedUrl: url, finalUrl: url, mediaType: 'text/xml', bytes });
  };
  return { asked, webPages: { fetch } };
}

const mapOf = (...addresses: string[]) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${addresses.map((one) => `<url><loc>${one}</loc><image:image><image:loc>https://lights.example/a.png</image:loc></image:image></url>`).join('\n')}</urlset>`;
const indexOf = (...addresses: string[]) =>
  `<sitemapindex>${addresses.map((one) => `<sitemap>\n<loc>\n<![CDATA[${one}]]></loc></sitemap>`).join('')}</sitemapindex>`;
const site = 'https://lights.example';
const MANY = 200_000;

test('the pages of the usual site map are found: those of this site, each once', async () => {
  const { webPages, asked } = webOf({
    [`${site}/sitemap.xml`]: mapOf(
      `${site}/a?x=1&amp;y=2`,
      `${site}/b`,
      `${site}/b#top`,
      'https://www.lights.example/c',
      'https://other.example/d',
      'ftp://lights.example/e',
    ),
  });
  expect(await listSitePages({ webPages }, 'lights.example')).toEqual({
    addresses: [`${site}/a?x=1&y=2`, `${site}/b`, 'https://www.lights.example/c'],
    beyondLimit: 0,
    elsewhere: 1,
  });
  expect(asked).toEqual([`${site}/robots.txt`, `${site}/sitemap.xml`]);
});

test('robots.txt names site maps, which may name others, and be packed; what is gone is passed over', async () => {
  const { webPages, asked } = webOf({
    [`${site}/robots.txt`]: `User-agent: *\nDisallow: /x\nSitemap: ${site}/maps/index.xml\nsitemap: https://other.example/sitemap.xml\n`,
    [`${site}/maps/index.xml`]: indexOf(
      `${site}/maps/1.xml.gz`,
      `${site}/maps/gone.xml`,
      `${site}/maps/2.txt`,
      'https://other.example/3.xml',
    ),
    [`${site}/maps/1.xml.gz`]: gzipSync(mapOf(`${site}/a`)),
    [`${site}/maps/2.txt`]: `${site}/b\n${site}/c\n`,
  });
  expect((await listSitePages({ webPages }, `${site}/`)).addresses).toEqual([`${site}/a`, `${site}/b`, `${site}/c`]);
  expect(asked.some((url) => url.includes('other.example'))).toBe(false);
});

test('a folder asks for what is below it, a site map for itself', async () => {
  const { webPages } = webOf({ [`${site}/sitemap.xml`]: mapOf(`${site}/manual/a`, `${site}/news/b`) });
  expect((await listSitePages({ webPages }, `${site}/manual/`)).addresses).toEqual([`${site}/manual/a`]);
  expect((await listSitePages({ webPages }, `${site}/sitemap.xml`)).addresses).toHaveLength(2);
});

test('no more pages than the limit are named, and it is told how many more there are', async () => {
  const all = Array.from({ length: limits.sitePagesMax + 7 }, (_, index) => `${site}/${index}`);
  const found = await listSitePages(webOf({ [`${site}/sitemap.xml`]: mapOf(...all) }), site);
  expect([found.addresses.length, found.beyondLimit]).toEqual([limits.sitePagesMax, 7]);
  const twice = await listSitePages(webOf({ [`${site}/sitemap.xml`]: mapOf(...all, ...all) }), site);
  expect(twice).toEqual(found);
});

test('site maps that name each other end', async () => {
  const { webPages, asked } = webOf({
    [`${site}/sitemap.xml`]: indexOf(...Array.from({ length: 90 }, () => `${site}/sitemap.xml`)),
  });
  await expect(listSitePages({ webPages }, site)).rejects.toMatchObject({ reason: 'no-site-map' });
  expect(asked.length).toBeLessThanOrEqual(limits.siteMapsMax + 2);
});

test.each([
  { name: 'line ends', text: '\n'.repeat(MANY) },
  { name: 'lines of spaces', text: ' \n'.repeat(MANY) },
  { name: 'sitemap and spaces', text: `sitemap${' '.repeat(MANY)}` },
  { name: 'an empty place', text: `<urlset><loc>${' '.repeat(MANY)}` },
  { name: 'an empty place in brackets', text: `<urlset><loc>${' '.repeat(MANY)}<![CDATA[${' '.repeat(MANY)}` },
  { name: 'places that never end', text: `<urlset>${'<loc>'.repeat(MANY)}` },
])(
  '$name without end take time in proportion to them',
  async ({ text }) => {
    const { webPages } = webOf({ [`${site}/robots.txt`]: text, [`${site}/sitemap.xml`]: text });
    await expect(listSitePages({ webPages }, site)).rejects.toMatchObject({ reason: 'no-site-map' });
    await expect(listSitePages({ webPages }, `${site}/sitemap.xml`)).rejects.toMatchObject({ reason: 'no-site-map' });
  },
  5_000,
);

test('as many addresses as the limit are read from all site maps together, and none that is too long', async () => {
  const maps = ['a', 'b', 'c'].map((name) => `${site}/${name}.xml`);
  const pagesOf = (map: string) => Array.from({ length: limits.siteAddressesMax / 2 }, (_, index) => `${map}/${index}`);
  const long = `${site}/${'x'.repeat(limits.webAddressCharactersMax)}`;
  const { webPages, asked } = webOf({
    [`${site}/sitemap.xml`]: indexOf(...maps),
    ...Object.fromEntries(maps.map((map) => [map, mapOf(long, ...pagesOf(map))])),
  });
  const found = await listSitePages({ webPages }, site);
  // Of all that is counted, three are site maps and two are too long.
  expect(found.addresses.length + found.beyondLimit).toBeLessThan(limits.siteAddressesMax);
  expect(found.addresses[0]).toBe(`${site}/a.xml/0`);
  expect(asked).not.toContain(maps[2]);
});

test('what is no address of a page counts as well', async () => {
  const none = Array.from({ length: limits.siteAddressesMax }, () => 'x').join('\n');
  const { webPages, asked } = webOf({
    [`${site}/sitemap.xml`]: indexOf(`${site}/a.txt`, `${site}/b.txt`),
    [`${site}/a.txt`]: none,
    [`${site}/b.txt`]: `${site}/page`,
  });
  await expect(listSitePages({ webPages }, site)).rejects.toMatchObject({ reason: 'no-site-map' });
  expect(asked).not.toContain(`${site}/b.txt`);
});

test('one deadline ends the whole search, and is told of', async () => {
  const deadline = new AbortController();
  const maps = Array.from({ length: 9 }, (_, index) => `${site}/${index}.xml`);
  const { webPages, asked } = webOf({ [`${site}/sitemap.xml`]: indexOf(...maps) });
  const fetch = (url: string, signal?: AbortSignal) => {
    expect(signal).toBe(deadline.signal);
    if (url === maps[2]) deadline.abort();
    return webPages.fetch(url);
  };
  const listing = listSitePages({ webPages: { fetch } }, site, deadline.signal);
  await expect(listing).rejects.toMatchObject({ code: 'invalid-input', reason: 'timed-out' });
  expect(asked.at(-1)).toBe(maps[2]);
});

test.each([
  {
    name: 'a page instead of a site map',
    files: { [`${site}/sitemap.xml`]: '<!doctype html><p>https://lights.example/a' },
    reason: 'no-site-map',
  },
  { name: 'nothing', files: {}, reason: 'no-site-map' },
  {
    name: 'a bomb',
    files: { [`${site}/sitemap.xml`]: gzipSync(Buffer.alloc(limits.webPageBytesMax + 1)) },
    reason: 'not-a-site-map',
  },
  {
    name: 'an address inside the network',
    files: { [`${site}/robots.txt`]: new AppError('invalid-input', 'inside', { reason: 'private-address' }) },
    reason: 'private-address',
  },
  {
    name: 'a server that asks to wait',
    files: {
      [`${site}/robots.txt`]: new AppError('invalid-input', 'busy', { reason: 'http-503', retryAfterMs: 5_000 }),
    },
    reason: 'http-503',
  },
])('a site with $name is told of', async ({ files, reason }) => {
  await expect(listSitePages(webOf(files), site)).rejects.toMatchObject({ code: 'invalid-input', reason });
});

test('what is no web address is asked of nobody', async () => {
  const { webPages, asked } = webOf({});
  await expect(listSitePages({ webPages }, 'file:///etc/passwd')).rejects.toMatchObject({
    reason: 'not-a-web-address',
  });
  expect(asked).toEqual([]);
});
