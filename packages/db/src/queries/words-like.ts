import { type RawBuilder, sql } from 'kysely';
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

/** The last character of all closes a range of words: `C` collation compares by code point. */
const LAST_CHARACTER = '\u{10ffff}';

/**
 * The twin's words that begin like each of these and are about as long, the commonest first: what a typo may have meant. A query of its
 * own for each, so that Postgres knows how few words lie between the ends; of a join it expects a ninth of them all, and on a server
 * compiles for 0.2 s what then takes 5 ms.
 */
export async function listWordsLike(db: Db, scope: TwinScope, lexemes: readonly string[]): Promise<WordLike[]> {
  if (lexemes.length === 0) return [];
  const found = lexemes.map((lexeme) => {
    const beginning = Array.from(lexeme).slice(0, TRUSTED_LETTERS).join('');
    return sql`(
      select ${lexeme}::text as like, lexeme, id, chunk_count as "chunkCount", ${rarity(scope)} as rarity from word
      where twin_id = ${scope.twinId} and lexeme >= ${beginning} and lexeme < ${beginning + LAST_CHARACTER}
        and char_length(lexeme) between char_length(${lexeme}) - ${LENGTH_DIFFERENCE_MAX}::integer
          and char_length(${lexeme}) + ${LENGTH_DIFFERENCE_MAX}::integer
        and chunk_count > 0
      order by chunk_count desc
      limit ${WORDS_MAX})`;
  });
  const { rows } = await sql<WordLike>`${sql.join(found, sql` union all `)}`.execute(db);
  return rows;
}

/** Those of a word's spellings that are words of the twin. Each is looked up in the index, whatever the size of the library. */
export async function listWordsSpelled(
  db: Db,
  scope: TwinScope,
  words: readonly { lexeme: string; spellings: readonly string[] }[],
): Promise<WordLike[]> {
  if (words.length === 0) return [];
  const spellings = [...new Set(words.flatMap((word) => word.spellings))];
  const { rows } = await sql<Omit<WordLike, 'like'>>`
    select lexeme, id, chunk_count as "chunkCount", ${rarity(scope)} as rarity from word
    where twin_id = ${scope.twinId} and lexeme = any (cast(${spellings} as text[])) and chunk_count > 0`.execute(db);
  return words.flatMap((word) =>
    rows.filter(({ lexeme }) => word.spellings.includes(lexeme)).map((row) => ({ like: word.lexeme, ...row })),
  );
}

function rarity(scope: TwinScope): RawBuilder<number> {
  return sql`inverse_frequency(chunk_count, (
    select chunk_count from word where twin_id = ${scope.twinId} and lexeme = ''))`;
}
