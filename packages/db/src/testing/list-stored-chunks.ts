import { sql } from 'kysely';
import type { Db } from '../db.ts';

/** Everything that is stored of a passage, except the ids that order of arrival decides. */
export interface StoredChunk {
  documentId: string;
  ordinal: number;
  span: [number, number];
  headingPath: string[];
  content: string;
  tokenCount: number;
  /** Its words with their places and weights, as Postgres writes them. */
  words: string;
  /** Of the active model, as pgvector writes it. */
  vector: string;
}

/** The passages that a search can find, exactly as the `vectors` view shows them, with what lies behind it. */
export async function listStoredChunks(db: Db): Promise<StoredChunk[]> {
  const { rows } = await sql<StoredChunk>`
    select c.document_id as "documentId", c.ordinal, json_build_array(c.start_offset, c.end_offset) as span,
      c.heading_path as "headingPath", c.content, c.token_count as "tokenCount", c.tsv::text as words,
      v.embedding::text as vector
    from vectors v
    join chunk c on c.twin_id = v.twin_id and c.version_id = (v.metadata ->> 'versionId')::bigint
      and c.ordinal = (v.metadata ->> 'ordinal')::integer
    order by c.document_id, c.ordinal`.execute(db);
  return rows;
}

/** In how many chunks each word stands, by the count that searches weigh it with. */
export async function listWordCounts(db: Db): Promise<{ lexeme: string; chunkCount: number }[]> {
  const { rows } = await sql<{ lexeme: string; chunkCount: number }>`
    select lexeme, chunk_count as "chunkCount" from word order by lexeme`.execute(db);
  return rows;
}
