import { cpus } from 'node:os';
import { indexWordsAnew } from '@twin/db/migrations/0014-words-of-any-language';
import { createEmbeddingIndex, type EmbeddingModel } from '@twin/db/queries/embedding-models';
import type { TestDatabase } from '@twin/db/testing/create-test-database';
import { sql } from 'kysely';

/**
 * Lets `fill` add chunks and vectors while nothing indexes them, and then indexes all there are: the same rows as the
 * triggers make one by one, in a fraction of the time. `fill` switches the triggers off for itself.
 */
export async function inBulk(
  { db, home }: TestDatabase,
  model: EmbeddingModel,
  fill: () => Promise<void>,
): Promise<void> {
  const { rows: indexes } = await sql<{ indexname: string }>`
    select indexname from pg_indexes
    where tablename = ${`chunk_embedding_${model.id}`} and indexdef like '%USING hnsw%'`.execute(db);
  for (const { indexname } of indexes) await sql`drop index ${sql.ref(indexname)}`.execute(db);
  const { rows: keys } = await sql<{ indexdef: string }>`
    select indexdef from pg_indexes where indexname = 'chunk_words_keys'`.execute(db);
  await sql`drop index chunk_words_keys`.execute(db);
  await fill();
  await db.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx);
    await sql`set local maintenance_work_mem = '1GB'`.execute(tx);
    await sql`set local max_parallel_maintenance_workers = ${sql.lit(cpus().length)}`.execute(tx);
    await sql`analyze chunk`.execute(tx);
    for (const statement of [...indexWordsAnew, ...keys.map(({ indexdef }) => indexdef)]) {
      await sql.raw(statement).execute(tx);
    }
    await createEmbeddingIndex(tx, home, model);
  });
}
