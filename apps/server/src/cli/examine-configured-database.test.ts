import { initializeDatabase } from '@twin/db/initialize-database';
import { activateEmbeddingModel, registerEmbeddingModel } from '@twin/db/queries/embedding-models';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { expect, test } from 'vitest';
import { installationScope } from '../auth/authenticate.ts';
import { databaseConfigOf } from '../database-config.ts';
import { parseEnv } from '../env.ts';
import { createTestHome } from '../testing/create-test-home.ts';
import { examineConfiguredDatabase } from './examine-configured-database.ts';
import { rebuildVectorIndex } from './rebuild-vector-index.ts';

test('doctor reads every fact of a real database; a schema that is missing is a problem with a fix', async () => {
  const home = await createTestHome();
  const env = parseEnv(home.variables);
  const isServer = env.databaseUrl !== undefined;
  const before = await examineConfiguredDatabase(env);
  expect(before.exitCode).toBe(isServer ? 3 : 0);
  expect(before.text.includes('→ Run: npm run cli -- init-db')).toBe(isServer);

  const { database } = await initializeDatabase(databaseConfigOf(env));
  await database.close();
  const { text, data, exitCode } = await examineConfiguredDatabase(env);
  expect(exitCode).toBe(0);
  expect(text).toContain('✓ schema: is up to date');
  expect(text).toContain('✓ vector index: there are no vectors yet');
  expect(text).toContain('✓ encryption: the connection stays on this machine');
  expect(data).toMatchObject({ facts: { invalidIndexes: [], databaseBytes: expect.any(Number) } });
  expect(await rebuildVectorIndex(env, { kind: 'ivfflat' })).toMatchObject({ data: { rebuilt: false } });
  await home.remove();
}, 120_000);

test('doctor counts the vectors of a database that was closed', async () => {
  const home = await createTestHome({ isMigrated: true });
  await home.look(async ({ db, home: kind }) => {
    const model = await db.transaction().execute(async (tx) => {
      const { id } = await registerEmbeddingModel(tx, kind, { provider: 'test', name: 'test', dimensions: 2 });
      return await activateEmbeddingModel(tx, id);
    });
    const vectors = [new Float32Array([1, 0]), new Float32Array([0, 1])];
    const document = {
      id: 'bees',
      paragraphs: ['Bees dance.', 'Hives hum.'],
      embeddings: { modelId: model.id, vectors },
    };
    await insertTestDocument(db, installationScope, document);
  });
  const { text } = await examineConfiguredDatabase(parseEnv(home.variables));
  expect(text).toMatch(/✓ vector index: .*\b2 vectors/);
  await home.remove();
}, 120_000);

test('doctor tells what the schema lacks of its migrations, and how to add it', async () => {
  const home = await createTestHome({ isMigrated: true });
  await home.look(async ({ db }) => {
    await db.schema.alterTable('imported_item').dropColumn('expires_at').execute();
    await db.schema.alterTable('rate_limits').renameColumn('granted', 'let_through').execute();
  });
  const { text, exitCode } = await examineConfiguredDatabase(parseEnv(home.variables));
  expect(exitCode).toBe(3);
  expect(text).toContain('it lacks imported_item.expires_at, rate_limits.granted');
  expect(text).toMatch(/→ .*docs\/reference-lists\.md names: ALTER TABLE "imported_item" ADD COLUMN "expires_at" …;/);
  await home.remove();
}, 120_000);
