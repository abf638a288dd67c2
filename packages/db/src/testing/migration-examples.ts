import type { DatabaseConfig } from '../client.ts';
import { initializeDatabase } from '../initialize-database.ts';
import { deleteDatabaseValue, getDatabaseValue, setDatabaseValue } from '../queries/cache.ts';
import { cleanupExpiredEntries } from '../queries/expired-rows.ts';
import { checkRateLimit, getRateLimitCount, resetRateLimit } from '../queries/rate-limits.ts';
import { upsertVectors } from '../queries/upsert-vectors.ts';
import { deleteVectors } from '../queries/vector-documents.ts';
import { getVector, querySimilarVectors } from '../queries/vectors.ts';
import type { TwinScope } from '../scope.ts';

/** The examples of docs/migration-functions.md, compiled with the package and run by its test. */
export async function runMigrationExamples(config: DatabaseConfig, scope: TwinScope, embedding: Float32Array) {
  const { database, applied } = await initializeDatabase(config);
  const { db } = database;

  const model = { provider: 'openai', name: 'text-embedding-3-small' };
  await upsertVectors(database, scope, model, [
    { id: 'doc-1-chunk-0', embedding, content: 'Bees dance.', metadata: { title: 'Bees', source: 'bees.md' } },
  ]);

  const similar = await querySimilarVectors(db, scope, {
    embedding,
    limit: 5,
    threshold: 0.7,
    filter: { metadata: { source: 'bees.md' } },
  });

  const vector = await getVector(db, scope, 'doc-1-chunk-0');

  const deleted = await deleteVectors(db, scope, ['doc-1-chunk-0']);

  await setDatabaseValue(db, scope, { key: 'greeting', value: JSON.stringify({ text: 'Hello' }), ttlSeconds: 3600 });

  const greeting = await getDatabaseValue(db, scope, 'greeting');

  const wasThere = await deleteDatabaseValue(db, scope, 'greeting');

  const { allowed, remaining, resetMs } = await checkRateLimit(db, scope, {
    key: 'user-1',
    limit: 10,
    windowSeconds: 60,
  });

  const count = await getRateLimitCount(db, scope, 'user-1');

  const wasCounted = await resetRateLimit(db, scope, 'user-1');

  const counts = await cleanupExpiredEntries(db, scope);

  await database.close();
  return {
    applied,
    similar,
    vector,
    deleted,
    greeting,
    wasThere,
    allowed,
    remaining,
    resetMs,
    count,
    wasCounted,
    counts,
  };
}
