import { polyglots } from '@twin/testing/fixtures/polyglots';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { operations } from './openapi/operations.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** Every route that answers bytes of a file. */
const routes = operations.filter(({ answers }) => answers.some(({ content }) => content === 'bytes'));

test.each(polyglots)('$fileName, sent as $mediaType, comes back as bytes to be saved', async ({ bytes, ...file }) => {
  const query = new URLSearchParams({ id: file.fileName, fileName: file.fileName }).toString();
  const headers = { 'content-type': file.mediaType };
  const sent = await fetch(`${server.origin}/api/uploads?${query}`, { method: 'PUT', headers, body: bytes });
  expect(sent.status).toBe(201);
  expect(routes.map(({ path }) => path)).toEqual(['/api/documents/{id}/file']);
  for (const { path } of routes) {
    const address = `${server.origin}${path.replace('{id}', encodeURIComponent(file.fileName))}`;
    for (const asked of [{}, { accept: 'text/html' }, { range: 'bytes=6-' }, { 'sec-fetch-dest': 'script' }]) {
      const response = await fetch(`${address}?type=text/html`, { headers: asked as Record<string, string> });
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-disposition': expect.stringMatching(/^attachment; filename="/),
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    }
  }
});
