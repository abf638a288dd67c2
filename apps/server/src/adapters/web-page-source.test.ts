import { createServer, type RequestListener, type Server } from 'node:http';
import { createGzip, gzipSync } from 'node:zlib';
import { AppError } from '@twin/core/app-error';
import { limits } from '@twin/core/limits';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createWebPageSource } from './web-page-source.ts';

let server: Server;
let inside: Server;
let port: number;
let answer: RequestListener;
let visits: string[];
let visitsInside = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    visits.push(`${request.headers.host} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  inside = createServer((_, response) => {
    visitsInside += 1;
    response.end('secret');
  });
  await new Promise<void>((resolve) => inside.listen(port, '127.0.0.2', resolve));
});

beforeEach(() => {
  visits = [];
  answer = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello</p>');
});

afterAll(() => {
  server.close();
  inside.close();
});

/** A source for which 127.0.0.1 stands for the internet, and every other address of this machine for the inside. */
function testSource(resolve: (hostname: string) => string[] = () => ['127.0.0.1'], msMax?: number) {
  const access = {
    resolve: (hostname: string) => Promise.resolve(resolve(hostname)),
    isAllowed: (address: string) => address === '127.0.0.1',
    ports: [port],
  };
  return createWebPageSource(access, msMax);
}

async function reasonOf(fetching: Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await fetching.catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(AppError);
  return (error as AppError).reason;
}

test('a page is fetched by its name from the address that was checked, resolved once', async () => {
  const asked: string[] = [];
  const source = testSource((hostname) => {
    asked.push(hostname);
    // Whoever asks twice gets the address of the inside.
    return asked.length === 1 ? ['127.0.0.1'] : ['127.0.0.2'];
  });
  const page = await source.fetch(`http://garden.example:${port}/beds?year=2025#north`);
  expect(Buffer.from(page.bytes).toString()).toBe('<p>Hello</p>');
  expect(page).toMatchObject({ mediaType: 'text/html', finalUrl: `http://garden.example:${port}/beds?year=2025` });
  expect(asked).toEqual(['garden.example']);
  expect(visits).toEqual([`garden.example:${port} /beds?year=2025`]);
});

test('an address that does not answer leaves the page to the next one', async () => {
  const allowed = new Set(['127.0.0.1', '127.0.0.3']);
  const source = createWebPageSource({
    // Nothing listens at the first.
    resolve: () => Promise.resolve(['127.0.0.3', '127.0.0.1']),
    isAllowed: (address) => allowed.has(address),
    ports: [port],
  });
  const page = await source.fetch(`http://garden.example:${port}/beds`);
  expect(Buffer.from(page.bytes).toString()).toBe('<p>Hello</p>');
  expect(visits).toEqual([`garden.example:${port} /beds`]);
});

test('a name with one address inside is refused, whatever its others are', async () => {
  const source = testSource(() => ['127.0.0.1', '127.0.0.2']);
  expect(await reasonOf(source.fetch(`http://both.example:${port}/`))).toBe('private-address');
  expect(visits).toEqual([]);
});

test('each redirect is checked anew, and a chain ends', async () => {
  const source = testSource((hostname) => [hostname === 'inside.example' ? '127.0.0.2' : '127.0.0.1']);
  const redirectTo = (location: string) => {
    answer = (_, response) => response.writeHead(302, { location }).end();
  };
  for (const location of [`http://inside.example:${port}/`, `http://127.0.0.2:${port}/`, `//127.0.0.2:${port}/`]) {
    redirectTo(location);
    expect(await reasonOf(source.fetch(`http://start.example:${port}/`))).toBe('private-address');
  }
  redirectTo('file:///etc/passwd');
  expect(await reasonOf(source.fetch(`http://start.example:${port}/`))).toBe('not-a-web-address');
  redirectTo('http://start.example:22/');
  expect(await reasonOf(source.fetch(`http://start.example:${port}/`))).toBe('port');
  visits = [];
  redirectTo('/again');
  expect(await reasonOf(source.fetch(`http://start.example:${port}/`))).toBe('too-many-redirects');
  expect(visits).toHaveLength(limits.webRedirectsMax + 1);
  expect(visitsInside).toBe(0);
});

test('a body is decompressed, and cut off when it grows beyond the limit', async () => {
  answer = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('Unpacked.'));
  const page = await testSource().fetch(`http://garden.example:${port}/`);
  expect(Buffer.from(page.bytes).toString()).toBe('Unpacked.');
  const bomb = gzipSync(Buffer.alloc(limits.webPageBytesMax + 1));
  answer = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
  expect(await reasonOf(testSource().fetch(`http://garden.example:${port}/`))).toBe('too-large');
});

test.each([
  [404, 'http-404'],
  [500, 'http-500'],
])('an answer of %i is no page', async (status, reason) => {
  answer = (_, response) => response.writeHead(status).end('Nothing here.');
  expect(await reasonOf(testSource().fetch(`http://garden.example:${port}/`))).toBe(reason);
});

test.each([
  [429, '7', 7_000],
  [503, new Date(Date.now() + 60_000).toUTCString(), 60_000],
  [503, 'soon', undefined],
  [404, '7', undefined],
])('an answer of %i that asks to wait (%s) says how long', async (status, retryAfter, ms) => {
  answer = (_, response) => response.writeHead(status, { 'retry-after': retryAfter }).end();
  const error = await testSource()
    .fetch(`http://garden.example:${port}/`)
    .catch((failure: unknown) => failure);
  const { retryAfterMs } = error as AppError;
  const seconds = retryAfterMs === undefined ? undefined : Math.round(retryAfterMs / 10_000);
  expect(seconds).toBe(ms === undefined ? undefined : Math.round(ms / 10_000));
});

test('a connection that breaks is told as unreachable', async () => {
  answer = (request) => request.socket.destroy();
  expect(await reasonOf(testSource().fetch(`http://garden.example:${port}/`))).toBe('unreachable');
});

test('whoever asks may end it, long before its own time is over', async () => {
  const ending = new AbortController();
  answer = () => ending.abort();
  expect(await reasonOf(testSource().fetch(`http://garden.example:${port}/`, ending.signal))).toBe('timed-out');
}, 5_000);

test.each(['identity', 'gzip'])(
  'a page that comes byte by byte without end is given up in time (%s)',
  async (encoding) => {
    let isClosed = false;
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding });
      const out = encoding === 'gzip' ? createGzip() : response;
      if (out !== response) out.pipe(response);
      const drip = setInterval(() => {
        out.write('x');
        if ('flush' in out) out.flush();
      }, 20);
      response.once('close', () => {
        clearInterval(drip);
        isClosed = true;
      });
    };
    const startedAt = performance.now();
    expect(await reasonOf(testSource(undefined, 500).fetch(`http://garden.example:${port}/`))).toBe('timed-out');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await expect.poll(() => isClosed).toBe(true);
  },
);

/** What the names among the spellings below mean. */
const names: Record<string, string[]> = {
  localhost: ['127.0.0.1', '::1'],
  'www.localhost': ['127.0.0.1'],
  'localtest.me': ['127.0.0.1'],
  '127.0.0.1.nip.io': ['127.0.0.1'],
  'metadata.google.internal': ['169.254.169.254'],
  'mapped.example': ['::ffff:10.0.0.1'],
  'printer.local': ['192.168.1.20'],
};

test.each(
  `127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 127.0.0.1. ①②⑦.⓪.⓪.① 127.255.255.254
  0 0.0.0.0 [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:0:127.0.0.1] [::127.0.0.1]
  [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::1] [2002:7f00:1::] [2001:0:7f00:1::] [fe80::1] [fc00::1] [fd00:ec2::254]
  [ff02::1] [2001:db8::1] localhost LOCALHOST localhost. www.localhost localtest.me 127.0.0.1.nip.io ｌｏｃａｌｈｏｓｔ
  10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 100.64.0.1 198.18.0.1 192.0.0.192 224.0.0.1 255.255.255.255
  169.254.169.254 169.254.170.2 2852039166 0xa9fea9fe 0251.0376.0251.0376 [::ffff:169.254.169.254] [::ffff:a9fe:a9fe]
  metadata.google.internal metadata.google.internal. mapped.example printer.local`
    .trim()
    .split(/\s+/),
)('no page is read from %s', async (host) => {
  let connections = 0;
  const source = createWebPageSource({
    resolve: (hostname) => {
      const addresses = names[hostname];
      connections += addresses === undefined ? 1 : 0;
      return Promise.resolve(addresses ?? ['93.184.215.14']);
    },
    isAllowed: (await import('./public-address.ts')).isPublicAddress,
    ports: [80, 443],
  });
  expect(await reasonOf(source.fetch(`http://${host}/latest/meta-data/`))).toBe('private-address');
  expect(connections).toBe(0);
});

test.each([
  ['ftp://garden.example/', 'not-a-web-address'],
  ['file:///etc/passwd', 'not-a-web-address'],
  ['javascript:alert(1)', 'not-a-web-address'],
  ['http://', 'not-a-web-address'],
  ['http://user:secret@garden.example/', 'credentials'],
  ['http://garden.example:22/', 'port'],
  ['http://garden.example:6379/', 'port'],
])('%s is refused: %s', async (url, reason) => {
  expect(await reasonOf(createWebPageSource().fetch(url))).toBe(reason);
});
