import { listPassages } from '@twin/db/queries/search';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Passage } from '../retrieval/passage.ts';
import { joinNeighbours } from './join-neighbours.ts';
import { shortenPassage } from './shorten-passage.ts';

let database: TestDatabase;
/** Five passages of one document and one of another, in this order, of descending scores. */
let passages: Passage[];
let canonicalText: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db, scope } = database;
  const paragraphs = ['One 🐝.', 'Two is long enough to be cut.', 'Three.', 'Four.', 'Five.'];
  const long = await insertTestDocument(db, scope, { id: 'long', paragraphs });
  const other = await insertTestDocument(db, scope, { id: 'other', paragraphs: ['Another.'] });
  canonicalText = long.canonicalText;
  const rows = await listPassages(db, scope, [...long.chunkIds, ...other.chunkIds]);
  passages = rows.map((row, index) => ({ ...row, score: 1 - index / 10, similarity: null }));
});
afterAll(() => database.close());

async function join(...places: number[]): Promise<Passage[]> {
  const given = places.map((place, index) => ({ ...passages[place]!, score: 1 - index / 10 }));
  return await joinNeighbours({ db: database.db }, database.scope, given);
}

test('passages that follow each other become one in the place of the best, and stay what the document says', async () => {
  const joined = await join(3, 5, 1, 2);
  expect(joined.map(({ content }) => content)).toEqual([
    'Two is long enough to be cut.\n\nThree.\n\nFour.',
    'Another.',
  ]);
  expect(joined[0]).toMatchObject({ chunkId: passages[3]?.chunkId, ordinal: 1, score: 1 });
  expect(canonicalText.slice(joined[0]?.startOffset, joined[0]?.endOffset)).toBe(joined[0]?.content);
});

test('a passage between two runs joins them', async () => {
  const [whole, ...others] = await join(0, 2, 4, 1, 3);
  expect(whole?.content).toBe(canonicalText);
  expect(others).toEqual([]);
});

test('passages apart, of other sections or shortened stay by themselves', async () => {
  expect(await join(0, 2, 4)).toHaveLength(3);
  const [, second, third] = passages;
  const asks = async (...given: Passage[]) => await joinNeighbours({ db: database.db }, database.scope, given);
  expect(await asks(second!, { ...third!, headingPath: ['Elsewhere'] })).toHaveLength(2);
  expect(await asks(shortenPassage(second!, 12), third!)).toHaveLength(2);
});
