import { listPassages } from '@twin/db/queries/search';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { storeTestText } from '@twin/db/testing/store-test-text';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Passage } from '../retrieval/passage.ts';
import { choosePassages } from './choose-passages.ts';
import { quoteAt } from './pick-quote.ts';
import { placeOnPages } from './place-on-pages.ts';
import { toCitation } from './to-citation.ts';

const sentences = [
  'Page two ends here.',
  'Page three is short.',
  'Page seven speaks of clocks.',
  'It ends on page eight.',
];
const content = sentences.join('\n\n');

let database: TestDatabase;
let passage: Passage;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db, scope } = database;
  const { chunkIds, versionId } = await insertTestDocument(db, scope, { id: 'book', paragraphs: [content] });
  const blocks = sentences.map((sentence, index) => {
    const start = content.indexOf(sentence);
    return { kind: 'paragraph', start, end: start + sentence.length, page: [2, 3, 7, 8][index] };
  });
  // In parts, as a long text is kept: what stands on which page is the same.
  const cut = blocks[2]?.start ?? 0;
  await storeTestText(db, scope, versionId, [
    { text: content.slice(0, cut), blocks: blocks.slice(0, 2) },
    { text: content.slice(cut), blocks: blocks.slice(2) },
  ]);
  const [row] = await listPassages(db, scope, chunkIds);
  passage = { ...row!, pageFrom: 2, pageTo: 8, score: 1, similarity: null };
});
afterAll(() => database.close());

function pagesOf(placed: Passage, from: string, to = from): (number | null)[] {
  const range = { start: placed.content.indexOf(from), end: placed.content.indexOf(to) + to.length };
  const { pageFrom, pageTo } = toCitation(1, placed, quoteAt(placed, range));
  return [pageFrom, pageTo];
}

test('a quote is cited by its own pages, not by all of its passage', async () => {
  const [placed] = await placeOnPages(database, database.scope, [passage]);
  expect(pagesOf(placed!, 'speaks of clocks')).toEqual([7, 7]);
  expect(pagesOf(placed!, 'is short', 'clocks')).toEqual([3, 7]);
  expect(pagesOf(passage, 'speaks of clocks')).toEqual([2, 8]);
});

test('a passage that was cut ends on the page where it was cut', async () => {
  const [cut] = choosePassages([passage], { tokensMax: 13, passagesMax: 1 });
  expect(cut?.content).toBe(sentences.slice(0, 2).join('\n\n'));
  const [placed] = await placeOnPages(database, database.scope, [cut!]);
  expect(placed).toMatchObject({ pageFrom: 2, pageTo: 3 });
});

test('passages of one page or of none stay as they are', async () => {
  const given = [
    { ...passage, pageTo: 2 },
    { ...passage, pageFrom: null, pageTo: null },
  ];
  expect(await placeOnPages(database, database.scope, given)).toEqual(given);
});
