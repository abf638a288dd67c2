import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export interface QuestionLexeme {
  lexeme: string;
  /** BM25's inverse document frequency, above 0: the rarer in the twin's chunks, the greater. */
  rarity: number;
}

/** The stemmed content words of a question, each with how rare it is in the twin's chunks. */
export async function listQuestionLexemes(db: Db, scope: TwinScope, question: string): Promise<QuestionLexeme[]> {
  const { rows } = await sql<QuestionLexeme>`
    select asked.lexeme, inverse_frequency(coalesce(word.chunk_count, 0), coalesce(total.chunk_count, 0)) as rarity
    from unnest(text_words(${question})) as asked
    left join word on word.twin_id = ${scope.twinId} and word.lexeme = asked.lexeme
    left join word as total on total.twin_id = ${scope.twinId} and total.lexeme = ''`.execute(db);
  return rows;
}

/** The stemmed content words of texts, in the order of the texts: the words a search would find them by. Reads no rows. */
export async function listTextLexemes(db: Db, texts: readonly string[]): Promise<string[][]> {
  const { rows } = await sql<{ lexemes: string[] }>`
    select tsvector_to_array(text_words(given.text)) as lexemes
    from jsonb_array_elements_text(cast(${JSON.stringify(texts)} as jsonb)) with ordinality as given (text, position)
    order by given.position`.execute(db);
  return rows.map(({ lexemes }) => lexemes);
}
