import { deleteReceivingBlob, readBlob } from '@twin/db/queries/blobs';
import { findVersion } from '@twin/db/queries/versions';
import { dropBlobParts } from '@twin/db/testing/drop-blob-parts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { listDocuments } from './list-documents.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
});
beforeEach(() => bench.reset());
afterAll(() => bench.database.close());

async function collect(content: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts).toString();
}

test('an upload that is committed keeps its bytes, whatever goes wrong afterwards', async () => {
  const publish = () => {
    throw new Error('nobody listens');
  };
  bench.use({ announcements: { publish, subscribe: () => () => undefined } });
  await expect(bench.upload('The kettle is blue.')).rejects.toThrow('nobody listens');
  bench.use({});
  await bench.resumeAll();
  const { documents } = await listDocuments(bench.deps, bench.database.scope, { limit: 10 });
  expect(documents).toMatchObject([{ searchable: true, ingestion: { stage: 'ready' } }]);
  expect(await bench.search('kettle')).toEqual(['The kettle is blue.']);
});

test('stored bytes are not taken back', async () => {
  const { db, scope } = bench.database;
  const { document } = await bench.upload('The kettle is blue.');
  const { blob_id: id, byte_size: byteSize } = (await findVersion(db, scope, document.ingestion.versionId))!;
  await deleteReceivingBlob(db, scope, id!);
  expect(await collect(readBlob(db, scope, { id: id!, byteSize }))).toBe('The kettle is blue.');
});

test('bytes that are missing are no empty file: the reading stumbles, and says so', async () => {
  const { document } = await bench.upload('word '.repeat(120_000));
  await dropBlobParts(bench.database.db, bench.database.scope, { from: 1 });
  for (const message of [/Part 1 of blob .* is missing/, /Part 1 of blob .* is missing/]) {
    await expect(bench.resumeAll()).rejects.toThrow(message);
  }
  await bench.resumeAll();
  expect((await bench.document(document.id)).ingestion).toMatchObject({ stage: 'failed', error: { code: 'internal' } });
});
