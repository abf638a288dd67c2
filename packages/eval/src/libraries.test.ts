import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { createIngestionDeps } from '@twin/core/testing/ingestion-deps';
import { createTestDatabase } from '@twin/db/testing/create-test-database';
import { expect, test } from 'vitest';
import { buildLibrary } from './build-library.ts';
import { readDataSet } from './read-data-set.ts';
import { runEvaluation } from './run-evaluation.ts';

const { signal } = new AbortController();
const onProgress = () => undefined;

test.each(['rural-gp', 'bakery'])(
  'visitors who ask in their own words are shown the answer, of the library %s',
  async (name) => {
    const database = await createTestDatabase();
    const deps = createIngestionDeps(database, { embedder: createBuiltinEmbedder() });
    const dataSet = await readDataSet(`${import.meta.dirname}/../libraries/${name}`);
    const holders = await buildLibrary(deps, database.scope, dataSet, { signal, onProgress });
    const input = { dataSet, holders, offTopic: undefined, questionsMax: undefined, signal, onProgress };
    const { groups } = await runEvaluation(deps, database.scope, input);
    await database.close();
    const { measures } = groups[0]!;
    expect(measures.recallAt10).toBe(1);
    expect(measures.answerHitAt1).toBeGreaterThan(0.55);
    expect(measures.answerHitAt3).toBeGreaterThan(0.66);
  },
);
