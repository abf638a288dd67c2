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
