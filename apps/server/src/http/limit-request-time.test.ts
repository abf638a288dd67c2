import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limitRequestTime } from './limit-request-time.ts';

let server: Server;
let arrived = 0;

beforeAll(async () => {
  server = createServer((incoming, response) => {
    incoming.on('data', () => (arrived += 1));
    incoming.on('error', () => undefined);
    incoming.on('end', () => response.end('all of it'));
  });
  limitRequestTime(server, 200);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

function send(path: string, method = 'PUT') {
  const { port } = server.address() as AddressInfo;
  const sent = request({ host: '127.0.0.1', port, path, method, agent: false });
  sent.write('first');
  return sent;
}

test.each([
  ['PUT', '/api/ingest'],
  // No upload, whatever it sends.
  ['POST', '/api/uploads'],
])('a body that does not end in time is cut: %s %s', async (method, path) => {
  const [error] = (await once(send(path, method), 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNRESET');
});

test('an upload may take longer than that', async () => {
  const before = arrived;
  const sent = send('/api/uploads?fileName=long.pdf');
  const answered = once(sent, 'response');
  // Of two requests that are begun one after the other, the second one is cut later: the upload has outlived the limit.
  await expect.poll(() => arrived).toBeGreaterThan(before);
  await once(send('/api/ingest'), 'error');
  sent.end('last');
  const [response] = (await answered) as [{ statusCode: number; resume(): void }];
  response.resume();
  expect(response.statusCode).toBe(200);
});
