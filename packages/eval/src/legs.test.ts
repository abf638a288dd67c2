import type { Deps } from '@twin/core/deps';
import type { Embedder } from '@twin/core/ports';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { createIngestionDeps } from '@twin/core/testing/ingestion-deps';
import { forgetWordPlaces, joinNeighboursAgain, partNeighbours } from '@twin/db/testing/blind-search';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildLibrary, type Holders } from './build-library.ts';
import { runEvaluation } from './run-evaluation.ts';
import { type Leg, legsDataSet } from './testing/legs-data-set.ts';

const { signal } = new AbortController();
const dataSet = legsDataSet();
let database: TestDatabase;
let holders: Holders;

beforeAll(async () => {
  database = await createTestDatabase();
  holders = await buildLibrary(depsWith({}), database.scope, dataSet, { signal, onProgress: () => undefined });
});
afterAll(() => database.close());

function depsWith(overrides: Partial<Embedder>): Deps {
  return createIngestionDeps(database, { embedder: { ...createBuiltinEmbedder(), ...overrides } });
}

/**
 * What each part of the set is for: where it comes out below, a leg of the search does not do its work. Of meaning, words alone
 * reach 0.42, all legs 0.81 (ADR 344).
 */
const least: Record<Leg, number> = { meaning: 0.8, names: 0.9, order: 0.9, neighbours: 0.75 };

/** The reciprocal rank of each part; of neighbours, how much of what answers is among what an answer reads. */
async function measure(overrides: Partial<Embedder> = {}): Promise<Record<Leg, number>> {
  const input = { dataSet, holders, offTopic: undefined, questionsMax: undefined, signal, onProgress: () => undefined };
  const { groups } = await runEvaluation(depsWith(overrides), database.scope, input);
  const of = (leg: Leg) => groups.find(({ group }) => group === leg)?.measures ?? {};
  const rank = (leg: Leg) => of(leg).reciprocalRank ?? Number.NaN;
  const neighbours = of('neighbours').goldSpanRecall ?? Number.NaN;
  return { meaning: rank('meaning'), names: rank('names'), order: rank('order'), neighbours };
}

function belowLeast(measured: Record<Leg, number>): Leg[] {
  return (Object.keys(least) as Leg[]).filter((leg) => !(measured[leg] >= least[leg]));
}

test('with every leg at work each part of the set is passed, and asking again gives the same', async () => {
  const measured = await measure();
  expect(belowLeast(measured)).toEqual([]);
  expect(await measure()).toEqual(measured);
});

test.each([
  ['words alone', { embed: () => Promise.reject(new Error('away')) }, 'meaning'],
  ['vectors alone', { searchWeight: 1e9 }, 'names'],
  ['words and vectors at equal weights', { searchWeight: 1 }, 'names'],
] as const)('%s are seen to be worse', async (_, overrides, leg) => {
  expect(belowLeast(await measure(overrides))).toContain(leg);
});

test('a search that does not know what stands beside what is seen to be worse', async () => {
  const before = await measure();
  await partNeighbours(database.db);
  const blind = await measure();
  await joinNeighboursAgain(database.db);
  expect(belowLeast(blind)).toEqual(['neighbours']);
  expect(await measure()).toEqual(before);
});

// Last: the places are gone for good.
test('a search that does not know in which order words stand is seen to be worse', async () => {
  await forgetWordPlaces(database.db);
  expect(belowLeast(await measure())).toContain('order');
});
