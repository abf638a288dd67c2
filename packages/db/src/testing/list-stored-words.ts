import { sql } from 'kysely';
import type { Db } from '../db.ts';

/** What each chunk's vector says of each word, and in how many chunks the word stands: the same whatever ids words have. */
export async function listStoredWords(
  db: Db,
): Promise<{ lexeme: string; chunkCount: number; ordinal: number; weight: number }[]> {
  const { rows } = await sql<{ lexeme: string; chunkCount: number; ordinal: number; weight: number }>`
    select word.lexeme, word.chunk_count as "chunkCount", chunk.ordinal,
      -(chunk_words.words <#> ('{' || word.id || ':1}/1000000000')::sparsevec) as weight
    from word, chunk_words join chunk on chunk.twin_id = chunk_words.twin_id and chunk.id = chunk_words.chunk_id
    where word.lexeme <> ''
    order by word.lexeme, chunk.ordinal`.execute(db);
  return rows;
}
