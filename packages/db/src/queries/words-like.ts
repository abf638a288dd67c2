import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export interface WordLike {
  /** The word it was looked up for. */
  like: string;
  lexeme: string;
  id: number;
  chunkCount: number;
  /** BM25's inverse document frequency. */
  rarity: number;
}

/** Letters at the start that a mistyped word is trusted to have right: the index finds the words that share them. */
const TRUSTED_LETTERS = 2;
const LENGTH_DIFFERENCE_MAX = 2;
/** Of each word; a guard for libraries of millions of passages, whose commonest words come first. */
const WORDS_MAX = 3_000;

/** The twin's words that begin like each of these and are about as long, the commonest first: what a typo may have meant. */
export async function listWordsLike(db: Db, scope: TwinScope, lexemes: readonly string[]): Promise<WordLike[]> {
  if (lexemes.length === 0) return [];
  // The last character of all closes the range: `C` collation compares by code point.
  const { rows } = await sql<WordLike>`
    select asked.lexeme as like, found.lexeme, found.id, found.chunk_count as "chunkCount",
      inverse_frequency(found.chunk_count, (
        select chunk_count from word where twin_id = ${scope.twinId} and lexeme = '')) as rarity
    from unnest(cast(${[...lexemes]} as text[])) as asked (lexeme)
    cross join lateral (
      select lexeme, id, chunk_count from word
      where twin_id = ${scope.twinId}
        and lexeme >= left(asked.lexeme, ${TRUSTED_LETTERS}::integer) collate "C"
        and lexeme < (left(asked.lexeme, ${TRUSTED_LETTERS}::integer) || chr(1114111)) collate "C"
        and char_length(lexeme) between char_length(asked.lexeme) - ${LENGTH_DIFFERENCE_MAX}::integer
          and char_length(asked.lexeme) + ${LENGTH_DIFFERENCE_MAX}::integer
        and chunk_count > 0
      order by chunk_count desc
      limit ${WORDS_MAX}
    ) as found`.execute(db);
  return rows;
}
