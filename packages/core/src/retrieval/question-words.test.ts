import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { findRelevance } from './find-relevance.ts';
import { findAskedQuestion, weightedCoverage } from './question-words.ts';
import { searchByWords } from './search-by-words.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const paragraphs = ['Many bees dance.', 'Drones mean no harm.', 'A hive is warm.', 'The queen lays eggs.'];
  await insertTestDocument(database.db, database.scope, { id: 'bees', paragraphs });
});
afterAll(() => database.close());

const weightsOf = (words: readonly { lexeme: string; weight: number }[]) =>
  new Map(words.map(({ lexeme, weight }) => [lexeme, weight]));
const sumOf = (words: readonly { weight: number }[]) => words.reduce((sum, { weight }) => sum + weight, 0);

test('a word that shapes a question is searched like any, and counts alike in what is found and in what was asked', async () => {
  const { own, judged, weighted } = await findAskedQuestion(database, database.scope, 'How many drones dance?');
  const rarities = weightsOf(own);
  expect(rarities.get('mani')).toBeCloseTo(rarities.get('drone') ?? 0);
  expect(weighted.get('drone')?.weight).toBe(rarities.get('drone'));
  expect(weighted.get('mani')?.weight).toBeCloseTo(0.25 * (weighted.get('drone')?.weight ?? 0));
  for (const { words, weight } of [judged.own, judged.all]) {
    expect(new Set(words.map((word) => word.weight))).toEqual(
      new Set([...weighted.values()].map((word) => word.weight)),
    );
    expect(weight).toBeCloseTo(sumOf(words));
  }
});

test('the best score found counts such a word as the question does', async () => {
  const asked = await findAskedQuestion(database, database.scope, 'Many?');
  const range = { filter: undefined, chunkCount: 4, libraryChunkCount: 4 };
  const byWords = await searchByWords(database, database.scope, { asked, range, limit: 10 });
  const found = { asked, isLeaning: false, byWords, byMeaning: [], trust: 1, active: undefined, range };
  const sureness = await findRelevance(createTestDeps(database), database.scope, found);
  const { weight } = asked.judged.own;
  expect(sureness).toBeCloseTo((0.25 * byWords.bestScore) / (weight + 0.5 * asked.rarityMax) / 0.5);
});

test('earlier questions count a little, the question behind a rewriting half', async () => {
  const lone = weightsOf((await findAskedQuestion(database, database.scope, 'Warm hive queen')).own);
  const before = { earlierQuestions: ['Warm?', 'Queen?'] };
  const leaning = weightsOf((await findAskedQuestion(database, database.scope, 'Hive?', before)).all);
  expect(leaning.get('warm')).toBeCloseTo(0.5 * (lone.get('warm') ?? 0));
  expect(leaning.get('queen')).toBeCloseTo(0.3 * (lone.get('queen') ?? 0));
  const rewritten = await findAskedQuestion(database, database.scope, 'Hive queen?', { asAsked: 'Warm queen?' });
  expect(weightsOf(rewritten.all).get('warm')).toBeCloseTo(0.5 * (lone.get('warm') ?? 0));
  expect(weightsOf(rewritten.all).get('queen')).toBeCloseTo(lone.get('queen') ?? 0);
  expect(rewritten.own.map(({ lexeme }) => lexeme)).not.toContain('warm');
});

test('of a part of the library, the gate asks no more than its few passages can give', async () => {
  const asked = await findAskedQuestion(database, database.scope, 'Drones?');
  const found = {
    asked,
    isLeaning: false,
    byWords: { matches: [], bestScore: 0, bestTogether: 0, isComplete: true },
    byMeaning: [{ chunkId: 1, similarity: 0.6 }],
    trust: 1,
    active: undefined,
  };
  const filter = { documentIds: ['bees'] };
  const surenessIn = (range: Parameters<typeof findRelevance>[2]['range']) =>
    findRelevance(createTestDeps(database), database.scope, { ...found, range });
  const part = await surenessIn({ filter, chunkCount: 3, libraryChunkCount: 500 });
  const whole = await surenessIn({ filter: undefined, chunkCount: 500, libraryChunkCount: 500 });
  expect(part).toBeGreaterThan(1);
  expect(whole).toBeLessThan(1);
});

test('a word that another language of the library stems in another way is still one word', async () => {
  const mixed = await createTestDatabase();
  const { db, scope } = mixed;
  await insertTestDocument(db, scope, {
    id: 'lease',
    paragraphs: ['The deposit is returned to the tenant.', 'The roof is repaired.', 'A cat is allowed.'],
  });
  const alone = await findAskedQuestion(mixed, scope, 'How much is the deposit?');
  await insertTestDocument(db, scope, {
    id: 'bail',
    paragraphs: ['Le locataire dépose la somme et les clés à la fin du bail.'],
  });
  const asked = await findAskedQuestion(mixed, scope, 'How much is the deposit?');
  await mixed.close();
  expect(asked.own.map(({ lexeme }) => lexeme).filter((lexeme) => lexeme.startsWith('depos'))).toHaveLength(2);
  expect(asked.judged.own.weight / asked.rarityMax).toBeLessThan(alone.judged.own.weight / alone.rarityMax + 0.1);
  const judged = weightsOf(asked.judged.own.words);
  expect(judged.get('depos')).toBe(judged.get('deposit'));
  const held = (...stems: string[]) => weightedCoverage(asked.weighted, new Set(stems));
  expect(held('deposit')).toBe(held('depos', 'deposit'));
  expect(held('much', 'deposit')).toBe(1);
});

test('a short question passes where one stretch of a passage says all of it, and not where a common word is all it says', async () => {
  const long = await createTestDatabase();
  const filler = Array.from({ length: 60 }, (_, index) => `The ${index}th member of the house pays for desk ${index}.`);
  await insertTestDocument(long.db, long.scope, {
    id: 'house',
    paragraphs: [`There is parking in the yard. ${filler.join(' ')}`, ...filler],
  });
  const surenessOf = async (question: string) => {
    const asked = await findAskedQuestion(long, long.scope, question);
    const range = { filter: undefined, chunkCount: 500, libraryChunkCount: 500 };
    const byWords = await searchByWords(long, long.scope, { asked, range, limit: 10 });
    const found = { asked, isLeaning: false, byWords, trust: 1, active: undefined, range };
    const byMeaning = [{ chunkId: byWords.matches[0]?.chunkId ?? 0, similarity: 0.1 }];
    return await findRelevance(createTestDeps(long), long.scope, { ...found, byMeaning });
  };
  const [parking, unknown, common] = [
    await surenessOf('Is there parking?'),
    await surenessOf('Is there parking for elephants?'),
    await surenessOf('A desk?'),
  ];
  await long.close();
  expect(parking).toBeGreaterThanOrEqual(1);
  expect(unknown).toBeLessThan(1);
  expect(common).toBeLessThan(1);
});

test('a pair of characters that two words share counts whole where it is found and half where it is not', async () => {
  const storms = await createTestDatabase();
  const fillers = ['城市有许多学校和公园。', '河流经过三个国家。', '音乐会在春天举行。'];
  await insertTestDocument(storms.db, storms.scope, {
    id: 'storms',
    paragraphs: ['飓风的强度用五级尺度衡量。', ...fillers],
  });
  const asked = await findAskedQuestion(storms, storms.scope, '飓风强度的尺度');
  const { words, weight, straddlingWeight } = asked.judged.own;
  const range = { filter: undefined, chunkCount: 4, libraryChunkCount: 4 };
  const byWords = await searchByWords(storms, storms.scope, { asked, range, limit: 10 });
  const found = { asked, isLeaning: false, byWords, byMeaning: [], trust: 0, active: undefined, range };
  const sureness = await findRelevance(createTestDeps(storms), storms.scope, found);
  await storms.close();
  // 风强, 度的 and 的尺 are no words, and none of them is there.
  expect(new Set(words.map(({ lexeme }) => lexeme))).toEqual(new Set(['飓风', '强度', '尺度']));
  expect(straddlingWeight).toBeCloseTo(3 * asked.rarityMax);
  const asking = weight - 0.5 * straddlingWeight + 0.5 * asked.rarityMax;
  expect(sureness).toBeCloseTo(byWords.bestScore / asking / 0.25);
});
