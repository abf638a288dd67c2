import { countRowsHolding } from '@twin/db/testing/count-rows-holding';
import { makePdf } from '@twin/testing/fixtures/pdf';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { retryDocument } from './retry-document.ts';
import { unlockDocument } from './unlock-document.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
});
beforeEach(() => bench.reset());
afterAll(() => bench.database.close());

const will = () => makePdf([['The clock goes to Ines.']], { password: 'open sesame' });
const unlock = (id: string, password: string) => unlockDocument(bench.deps, bench.database.scope, { id, password });

test('a locked PDF asks for its password, refuses a wrong one, and is read with the right one', async () => {
  const { document } = await bench.upload(will(), { fileName: 'will.pdf' });
  await bench.deps.runJobs();
  expect((await bench.document(document.id)).ingestion).toMatchObject({
    stage: 'failed',
    error: { code: 'password-required', stage: 'reading' },
  });
  expect(await unlock(document.id, 'open says me')).toMatchObject({ ingestion: { stage: 'reading', error: null } });
  await bench.deps.runJobs();
  expect((await bench.document(document.id)).ingestion).toMatchObject({
    stage: 'failed',
    error: { code: 'password-wrong', message: expect.stringContaining('“will.pdf” is locked') },
  });
  await unlock(document.id, 'open sesame');
  await bench.deps.runJobs();
  expect((await bench.document(document.id)).ingestion).toMatchObject({ stage: 'ready', error: null });
  expect(await bench.search('clock')).toEqual(['The clock goes to Ines.']);
});

test('the password is for one reading: no table holds it, and a retry asks again', async () => {
  const { document } = await bench.upload(will(), { fileName: 'will.pdf' });
  await bench.deps.runJobs();
  await unlock(document.id, 'open says me');
  await bench.deps.runJobs();
  expect(await countRowsHolding(bench.database.db, 'open says me')).toEqual({});
  await retryDocument(bench.deps, bench.database.scope, document.id);
  await bench.deps.runJobs();
  expect((await bench.document(document.id)).ingestion.error).toMatchObject({ code: 'password-required' });
});

test('a document that does not wait for a password takes none', async () => {
  const { document } = await bench.upload('Nothing is locked here.');
  await expect(unlock(document.id, 'x')).rejects.toMatchObject({ code: 'conflict', reason: 'not-locked' });
  await bench.deps.runJobs();
  await expect(unlock(document.id, 'x')).rejects.toMatchObject({ code: 'conflict', reason: 'not-locked' });
  await expect(unlock('nothing', 'x')).rejects.toMatchObject({ code: 'not-found' });
});
