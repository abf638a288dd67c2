import { createTestDatabase } from '@twin/db/testing/create-test-database';
import type { KyselyPlugin } from 'kysely';
import { expect, test } from 'vitest';
import type { Embedder } from '../ports.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps, testEmbedder } from '../testing/create-test-deps.ts';
import { retrieve } from './retrieve.ts';

/** A plugin that says when a statement is asked of a table. */
function createListener(table: string) {
  const seen = Promise.withResolvers<undefined>();
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (JSON.stringify(node).includes(table)) seen.resolve(undefined);
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  return { plugin, seen: seen.promise };
}

test('words are searched for while the question is embedded', async () => {
  const database = await createTestDatabase();
  await insertBeeLibrary(database);
  const { plugin, seen } = createListener('chunk_words');
  let embedded = 0;
  const waiting: Embedder = {
    ...testEmbedder,
    async embed(texts, purpose, signal) {
      // One leg after the other would wait here until the time for an embedding is over, and go on by words alone.
      await seen;
      embedded += 1;
      return await testEmbedder.embed(texts, purpose, signal);
    },
  };
  const deps = createTestDeps({ ...database, db: database.db.withPlugin(plugin) }, { embedder: waiting });
  const found = await retrieve(deps, database.scope, { question: 'Do drones have a sting?', limit: 3 });
  expect(embedded).toBe(1);
  expect(found.degraded).toBe(false);
  expect(found.passages[0]?.similarity).toEqual(expect.any(Number));
  await database.close();
}, 7_000);
