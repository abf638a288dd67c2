import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { createAdaptorServer } from '@hono/node-server';
import { createIngestionDeps } from '@twin/core/testing/ingestion-deps';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEndpointApp } from '../testing/endpoint-app.ts';
import { uploadEndpoint } from './upload.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('an upload that stops arriving is told so while its connection lasts, and leaves nothing', async () => {
  const endpoint = uploadEndpoint({ deps: createIngestionDeps(database) }, 300);
  const app = createEndpointApp(database.scope).put('/api/uploads', endpoint);
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const { port } = server.address() as AddressInfo;
  const path = '/api/uploads?fileName=long.pdf';
  const sent = request({ host: '127.0.0.1', port, path, method: 'PUT', headers: { 'content-length': 1_000_000 } });
  sent.on('error', () => undefined);
  sent.write('The first bytes.');
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(408);
  expect(await json(response)).toMatchObject({ error: { code: 'too-late', reason: 'upload-idle' } });
  expect(await database.db.selectFrom('blob').select('state').execute()).toEqual([]);
  // Resolves when no connection is left.
  await new Promise((resolve) => server.close(resolve));
});

test('a hundred uploads whose clients leave in the middle leave nothing, and the next one arrives', async () => {
  const app = createEndpointApp(database.scope);
  const begun: string[] = [];
  const failed: unknown[] = [];
  app.use(async (c, next) => {
    await next();
    if (c.error !== undefined) failed.push(c.error);
  });
  app.put('/api/uploads', uploadEndpoint({ deps: createIngestionDeps(database) }));
  const server = createAdaptorServer({ fetch: app.fetch });
  server.on('request', ({ url }: IncomingMessage) => begun.push(String(url)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const upload = (fileName: string, length: number) => {
    const path = `/api/uploads?fileName=${fileName}`;
    const sent = request({ host: '127.0.0.1', port, path, method: 'PUT', headers: { 'content-length': length } });
    sent.on('error', () => undefined);
    return sent;
  };
  const part = Buffer.alloc(300_000, 'some words ');
  const leaving = Array.from({ length: 100 }, (_, index) => upload(`left-${index}.txt`, 1_000_000));
  for (const sent of leaving) sent.write(part);
  await expect.poll(() => begun.length, { timeout: 30_000 }).toBe(100);
  const received = async () => await database.db.selectFrom('blob').select('state').execute();
  await expect.poll(received, { timeout: 30_000 }).not.toEqual([]);
  for (const sent of leaving) sent.destroy();
  await expect.poll(() => failed.length, { timeout: 30_000 }).toBe(100);

  expect(await received()).toEqual([]);
  expect(await database.db.selectFrom('blob_part').select('blob_id').execute()).toEqual([]);
  expect(await database.db.selectFrom('document').select('id').execute()).toEqual([]);
  const whole = upload('whole.txt', part.length);
  whole.end(part);
  const [response] = (await once(whole, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(201);
  await new Promise((resolve) => server.close(resolve));
});
