import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export interface QuestionLexeme {
  lexeme: string;
  /** Chunks that hold it, counted up to `countMax`: beyond, a word is common and its exact count changes nothing. */
  chunkCount: number;
}

/** The stemmed content words of a question, each with how common it is in the twin's chunks. */
export async function listQuestionLexemes(
  db: Db,
  scope: TwinScope,
  { question, countMax }: { question: string; countMax: number },
): Promise<QuestionLexeme[]> {
  // The words are quoted by hand: `quote_literal` would write a backslash in a way that a tsquery does not read.
  const { rows } = await sql<QuestionLexeme>`
    select asked.lexeme, (
      select count(*) from (
        select from chunk
        where chunk.twin_id = ${scope.twinId}
          and chunk.tsv @@ ('''' || replace(replace(asked.lexeme, '\\', '\\\\'), '''', '''''') || '''')::tsquery
        limit ${countMax}
      ) as held
    ) as "chunkCount"
    from unnest(to_tsvector('english', ${question})) as asked`.execute(db);
  return rows;
}

/** Chunks of the twin, counted up to `countMax`. */
export async function countChunksUpTo(db: Db, scope: TwinScope, countMax: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count
    from (select from chunk where twin_id = ${scope.twinId} limit ${countMax}) as counted`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The stemmed content words of texts, in the order of the texts: the words a search would find them by. Reads no rows. */
export async function listTextLexemes(db: Db, texts: readonly string[]): Promise<string[][]> {
  const { rows } = await sql<{ lexemes: string[] }>`
    select tsvector_to_array(to_tsvector('english', given.text)) as lexemes
    from jsonb_array_elements_text(cast(${JSON.stringify(texts)} as jsonb)) with ordinality as given (text, position)
    order by given.position`.execute(db);
  return rows.map(({ lexemes }) => lexemes);
}
