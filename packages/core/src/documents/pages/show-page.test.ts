import { mintTwinScope } from '@twin/db/scope';
import { makePdf } from '@twin/testing/fixtures/pdf';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PageDrawer } from '../../ports.ts';
import { type IngestionBench, openIngestionBench } from '../../testing/ingestion-bench.ts';
import { getDocumentText } from '../get-document-text.ts';
import { getPassage } from '../get-passage.ts';
import { drawPage } from './draw-page.ts';
import { findOriginalPage, showPage } from './show-page.ts';

let bench: IngestionBench;
const { signal } = new AbortController();

/** Draws in this process what is trusted here. */
const pages: PageDrawer = {
  async draw({ content, ...file }, { page }) {
    const parts: Uint8Array[] = [];
    for await (const part of content()) parts.push(part);
    return await drawPage({ ...file, page, bytes: new Uint8Array(Buffer.concat(parts)) });
  },
};

beforeAll(async () => {
  bench = await openIngestionBench();
});

beforeEach(async () => {
  await bench.reset();
  bench.use({ pages });
});

afterAll(() => bench.database.close());

async function read(documentId: string, fileName: string, content: string | Uint8Array): Promise<void> {
  await bench.upload(content, { documentId, fileName });
  await bench.deps.runJobs();
}

async function placeOf(documentId: string, words: string) {
  const { text } = await getDocumentText(bench.deps, bench.database.scope, { documentId });
  const startOffset = text.indexOf(words);
  return { startOffset, endOffset: startOffset + words.length };
}

const log = makePdf([['It sailed in May.'], ['It returned in August. Nobody had died.']]);

test('a page of the twin’s own document is shown, and of another twin’s it does not exist', async () => {
  await read('log', 'log.pdf', log);
  const { scope } = bench.database;
  const asked = { documentId: 'log', page: 2 };
  const shown = await showPage(bench.deps, scope, asked, { place: await placeOf('log', 'Nobody had died.'), signal });
  expect(shown).toMatchObject({ page: 2, pageCount: 2, isExact: true });
  expect(shown.boxes).toHaveLength(1);
  expect((await findOriginalPage(bench.deps, scope, asked)).tag).toMatch(/^v\d+-p2$/);
  const foreign = mintTwinScope(2);
  for (const look of [
    () => showPage(bench.deps, foreign, asked, { signal }),
    () => findOriginalPage(bench.deps, foreign, asked),
  ]) {
    await expect(look()).rejects.toMatchObject({ code: 'not-found' });
  }
});

test('a passage over the end of a page is marked on both', async () => {
  await read('log', 'log.pdf', log);
  const { startOffset } = await placeOf('log', 'May.');
  const { endOffset } = await placeOf('log', 'It returned');
  const boxesOf = async (page: number) => {
    const place = { startOffset, endOffset };
    return (await showPage(bench.deps, bench.database.scope, { documentId: 'log', page }, { place, signal })).boxes;
  };
  expect(await boxesOf(1)).toHaveLength(1);
  expect(await boxesOf(2)).toHaveLength(1);
});

test('who opens a passage is told whether its original has pages to show', async () => {
  await read('log', 'log.pdf', log);
  await read('note', 'note.md', 'A note without pages.');
  const sourceOf = async (documentId: string) => {
    const place = { documentId, startOffset: 0, endOffset: 4, radius: 100 };
    const { pageSource } = await getPassage(bench.deps, bench.database.scope, place);
    expect((await getDocumentText(bench.deps, bench.database.scope, { documentId })).pageSource).toBe(pageSource);
    return pageSource;
  };
  expect(await sourceOf('log')).toBe('pdf');
  expect(await sourceOf('note')).toBeNull();
});

test('text that was read from a file inside is marked on no page', async () => {
  const attachments = [{ fileName: 'inner.txt', content: 'The inner text.' }];
  await read('bundle', 'bundle.pdf', makePdf([['See the attachment.']], { attachments }));
  const place = await placeOf('bundle', 'The inner text.');
  const shown = await showPage(bench.deps, bench.database.scope, { documentId: 'bundle', page: 1 }, { place, signal });
  expect(shown.boxes).toEqual([]);
});
