import { upsertVectors } from '@twin/db/queries/upsert-vectors';
import type { TestDatabase } from '@twin/db/testing/create-test-database';
import { sql } from 'kysely';
import { makePassage } from '../synthetic-text.ts';
import { CHUNKS_PER_DOCUMENT } from './fill-library.ts';

/**
 * Vectors a second through `upsertVectors`, one statement for each batch: documents, passages of usual length with their
 * words, and vectors into the index, into a library that holds none before.
 */
export async function timeUpserts(
  database: TestDatabase,
  { dimensions, batch, count, next }: { dimensions: number; batch: number; count: number; next: () => Float32Array },
): Promise<number> {
  const { db, scope } = database;
  // Of another width, the vectors of this run would be refused.
  await sql`update embedding_model set state = 'retired', retired_at = now() where state = 'active'`.execute(db);
  const model = { provider: 'bench', name: `upserts-${dimensions}-${batch}` };
  let spentMs = 0;
  for (let first = 0; first < count; first += batch) {
    const vectors = Array.from({ length: Math.min(batch, count - first) }, (_none, index) => {
      const n = first + index;
      const id = `upsert-${batch}-${Math.floor(n / CHUNKS_PER_DOCUMENT)}-chunk-${n % CHUNKS_PER_DOCUMENT}`;
      return { id, embedding: next(), content: makePassage(n) };
    });
    const started = performance.now();
    await upsertVectors(database, scope, model, vectors);
    spentMs += performance.now() - started;
  }
  await sql`delete from document where starts_with(id, 'upsert-')`.execute(db);
  return count / (spentMs / 1000);
}
