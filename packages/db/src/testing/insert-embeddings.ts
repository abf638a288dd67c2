import { sql } from 'kysely';
import type { Db } from '../db.ts';
import { embeddingInsert, type NewEmbedding } from '../queries/embeddings.ts';
import type { TwinScope } from '../scope.ts';

/** Vectors for chunks whose version nobody is at work on, as tests and benches make them. */
export async function insertEmbeddings(
  db: Db,
  scope: TwinScope,
  modelId: number,
  embeddings: readonly NewEmbedding[],
): Promise<void> {
  if (embeddings.length > 0) await sql`${embeddingInsert(scope, modelId, embeddings)}`.execute(db);
}
