import { setImmediate as nextTurn } from 'node:timers/promises';
import { countChunks } from '@twin/db/queries/chunks';
import { listTextStarts } from '@twin/db/queries/document-texts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DocumentReader } from '../ports.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { cancelIngestion } from './cancel-ingestion.ts';
import { getDocumentText, getWholeText } from './get-document-text.ts';
import { getPassage } from './get-passage.ts';
import { inProcessReader } from './in-process-reader.ts';
import { unreadable } from './unreadable.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
});
beforeEach(() => bench.reset());
afterAll(() => bench.database.close());

const rows = 4_000;
const content = `Station,Weather,Remark\n${Array.from({ length: rows }, (_, row) => `S${row % 97},calm and cold,reading ${row} of zeppelin${row}`).join('\n')}\n`;
const lastWord = `zeppelin${rows - 1}`;

/** Reads in parts of 20,000 characters, and does something before one of them is stored. */
function inSmallParts(beforePart: (number: number) => Promise<void> = () => Promise.resolve()): DocumentReader {
  return {
    async read(file, { onPart, ...options }) {
      let number = 0;
      return await inProcessReader.read(file, {
        ...options,
        limits: { ...options.limits, partCharacters: 20_000 },
        async onPart(part) {
          number += 1;
          await beforePart(number);
          await onPart?.(part);
        },
      });
    },
  };
}

async function startsOf(versionId: number): Promise<number[]> {
  return await listTextStarts(bench.database.db, bench.database.scope, versionId);
}

test('a long table is stored in parts, found by its last row, and opened there', async () => {
  const { deps, database } = bench;
  bench.use({ reader: inSmallParts() });
  const { document } = await bench.upload(content, { fileName: 'weather.csv', documentId: 'weather' });
  await bench.deps.runJobs();
  const { ingestion } = await bench.document('weather');
  expect(ingestion).toMatchObject({ stage: 'ready', warnings: [] });
  const starts = await startsOf(document.ingestion.versionId);
  expect(starts.length).toBeGreaterThan(5);

  const found = await bench.search(lastWord);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^\| Station \| Weather \| Remark \|\n\| --- /);
  const { text } = await getWholeText(deps, database.scope, 'weather');
  const startOffset = text.indexOf(found[0]!);
  expect(startOffset).toBeGreaterThan(starts.at(-2)!);
  const place = { startOffset, endOffset: startOffset + found[0]!.length };
  const window = await getPassage(deps, database.scope, { documentId: 'weather', ...place, radius: 500 });
  const from = startOffset - window.offset;
  expect(window.text.slice(from, from + found[0]!.length)).toBe(found[0]);
  expect(window).toMatchObject({ hasBefore: true, hasAfter: false });

  // In one piece it is the same text, and is cut into the same passages.
  bench.use({});
  await bench.upload(content, { fileName: 'weather.csv', documentId: 'whole' });
  await bench.deps.runJobs();
  const shown = await getDocumentText(deps, database.scope, { documentId: 'weather' });
  const whole = await getDocumentText(deps, database.scope, { documentId: 'whole' });
  expect({ text: shown.text, blocks: shown.blocks }).toEqual({ text: whole.text, blocks: whole.blocks });
  const spans = ({ chunks }: typeof shown) => chunks.map(({ startOffset, endOffset }) => [startOffset, endOffset]);
  expect(spans(shown)).toEqual(spans(whole));
  for (const chunk of shown.chunks) expect(text.slice(chunk.startOffset, chunk.endOffset)).toMatch(/^\| Station/);
}, 60_000);

test('a reading that is interrupted between two parts shows nothing, and starts over', async () => {
  const { database } = bench;
  bench.use({
    reader: inSmallParts((number) => (number === 4 ? Promise.reject(new Error('killed')) : Promise.resolve())),
  });
  const { document } = await bench.upload(content, { fileName: 'weather.csv', documentId: 'weather' });
  await expect(bench.resumeAll()).rejects.toThrow('killed');
  const { versionId } = document.ingestion;
  expect(await startsOf(versionId)).toHaveLength(3);
  expect((await bench.document('weather')).ingestion).toMatchObject({ stage: 'reading' });
  await expect(getDocumentText(bench.deps, database.scope, { documentId: 'weather' })).rejects.toMatchObject({
    reason: 'not-read',
  });
  const place = { documentId: 'weather', startOffset: 0, endOffset: 10, radius: 10 };
  await expect(getPassage(bench.deps, database.scope, place)).rejects.toMatchObject({ reason: 'not-read' });
  expect(await bench.search('zeppelin1')).toEqual([]);

  bench.use({ reader: inSmallParts() });
  await bench.resumeAll();
  expect((await bench.document('weather')).ingestion).toMatchObject({ stage: 'ready' });
  const { text } = await getWholeText(bench.deps, database.scope, 'weather');
  expect(text.match(/zeppelin\d+/g)).toHaveLength(rows);
}, 60_000);

test('a reading that fails behind some parts keeps none of them', async () => {
  const tooLarge = () => Promise.reject(unreadable('weather.csv', 'too-large'));
  bench.use({ reader: inSmallParts((number) => (number === 3 ? tooLarge() : Promise.resolve())) });
  const { document } = await bench.upload(content, { fileName: 'weather.csv', documentId: 'weather' });
  await bench.resumeAll();
  expect((await bench.document('weather')).ingestion).toMatchObject({ stage: 'failed', error: { code: 'too-large' } });
  expect(await startsOf(document.ingestion.versionId)).toEqual([]);
});

test('a reading that is canceled between two parts ends there', async () => {
  let parts = 0;
  bench.use({
    reader: inSmallParts(async (number) => {
      parts = number;
      if (number === 3) await cancelIngestion(bench.deps, bench.database.scope, 'weather');
    }),
  });
  const { document } = await bench.upload(content, { fileName: 'weather.csv', documentId: 'weather' });
  await bench.resumeAll();
  await nextTurn();
  expect(parts).toBe(3);
  expect((await bench.document('weather')).ingestion).toMatchObject({ stage: 'canceled' });
  expect(await startsOf(document.ingestion.versionId)).toEqual([]);
  expect(await countChunks(bench.database.db, bench.database.scope, document.ingestion.versionId)).toBe(0);
});

test('a text longer than is shown at once is read on in stretches that leave out no passage', async () => {
  const { deps, database } = bench;
  const sentence = (number: number) => `Sentence ${number} of this long book speaks of the sea and of the wind.`;
  const paragraphs = Array.from({ length: 12_000 }, (_, number) => sentence(number));
  await bench.upload(paragraphs.join('\n\n'), { fileName: 'book.txt', documentId: 'book' });
  await bench.deps.runJobs();
  const { text } = await getWholeText(deps, database.scope, 'book');
  const stretches: Awaited<ReturnType<typeof getDocumentText>>[] = [];
  for (let offset = 0; ; ) {
    const stretch = await getDocumentText(deps, database.scope, { documentId: 'book', offset });
    expect(stretch.text).toBe(text.slice(offset, offset + stretch.text.length));
    expect(stretch.length).toBe(text.length);
    stretches.push(stretch);
    if (!stretch.hasAfter) break;
    offset += stretch.text.length;
  }
  expect(stretches.length).toBeGreaterThan(1);
  expect(stretches.map((stretch) => stretch.text).join('')).toBe(text);
  const chunks = stretches.flatMap((stretch) => stretch.chunks);
  expect(chunks.map(({ ordinal }) => ordinal)).toEqual(chunks.map((_, index) => index));
  expect((await bench.document('book')).ingestion.chunkCount).toBe(chunks.length);
}, 60_000);
