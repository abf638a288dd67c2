import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { VectorIndexKind } from '../vector.ts';

/** The kind of index that vectors are to have: `hnsw` unless the owner chose another. */
export async function findVectorIndexKind(db: Db): Promise<VectorIndexKind> {
  // An archive of an earlier release is loaded before its schema is brought up to date.
  const { rows: tables } = await sql`select where to_regclass('vector_index_setting') is not null`.execute(db);
  if (tables.length === 0) return 'hnsw';
  const row = await db.selectFrom('vector_index_setting').select('kind').executeTakeFirst();
  return row?.kind ?? 'hnsw';
}

/** Chooses the kind for indexes that are made from now on; those that are there stay as they are. */
export async function updateVectorIndexKind(db: Db, kind: VectorIndexKind): Promise<void> {
  await db
    .insertInto('vector_index_setting')
    .values({ kind })
    .onConflict((conflict) => conflict.column('is_only').doUpdateSet({ kind }))
    .execute();
}
