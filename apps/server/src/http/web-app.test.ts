import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpEnv } from './http-env.ts';
import { serveWebApp } from './serve-web-app.ts';
import { loadWebApp, type WebApp } from './web-app.ts';

let folder: string;
let webApp: WebApp | null;
let app: Hono<HttpEnv>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-web-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(
    join(folder, 'index.html'),
    '<script>theme()</script><script type="module" src="/assets/a.js"></script>',
  );
  await writeFile(join(folder, 'assets/a.js'), 'run()');
  await writeFile(join(folder, 'assets/a.js.br'), 'compressed');
  await writeFile(join(folder, 'assets/a.js.map'), 'secret source');
  webApp = await loadWebApp(folder);
  app = new Hono<HttpEnv>().get('*', serveWebApp(webApp));
});

afterAll(() => rm(folder, { recursive: true }));

test('an inline script is allowed by its hash alone', () => {
  const hash = createHash('sha256').update('theme()').digest('base64');
  expect(webApp?.scriptHashes).toEqual([`sha256-${hash}`]);
});

test('a hashed asset is cached for ever and sent compressed when it was built so', async () => {
  const response = await app.request('/assets/a.js', { headers: { 'accept-encoding': 'gzip, br' } });

  expect(response.headers.get('cache-control')).toContain('immutable');
  expect(response.headers.get('content-encoding')).toBe('br');
  expect(await response.text()).toBe('compressed');
  expect(await (await app.request('/assets/a.js')).text()).toBe('run()');
});

test("every path a browser navigates to gets the app's page, which is asked for again each time", async () => {
  for (const path of ['/', '/documents/report.pdf', '/chat/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd']) {
    const response = await app.request(path, { headers: { accept: 'text/html,*/*' } });
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toContain('theme()');
  }
});

test('an unchanged file is not sent again', async () => {
  const etag = (await app.request('/index.html')).headers.get('etag') ?? '';
  expect((await app.request('/index.html', { headers: { 'if-none-match': etag } })).status).toBe(304);
});

test.each(['/assets/a.js.map', '/assets/gone.js', '/../../package.json', '/missing.png'])(
  '%s is not found',
  async (path) => {
    const response = await app.request(path);
    expect(response.status).toBe(404);
  },
);

test('without a build the server says how to make one', async () => {
  const bare = new Hono<HttpEnv>().get('*', serveWebApp(await loadWebApp(join(folder, 'nowhere'))));
  const response = await bare.request('/');
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('npm start');
});
