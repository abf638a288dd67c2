import { sql } from 'kysely';
import type { Db } from '../db.ts';
import { embeddingTable } from '../queries/embedding-models.ts';

/** The chunks whose vectors of this model no search may find. */
export async function listVectorsSwitchedOff(db: Db, modelId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select chunk_id as id from ${embeddingTable(modelId)} where not enabled order by id`.execute(db);
  return rows.map(({ id }) => id);
}
