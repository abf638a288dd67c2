import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedStatement } from '../server/name-statements.ts';
import { hiddenChunkCount } from './hidden-versions.ts';

export interface QuestionWord {
  /** The stem by which it is found. */
  lexeme: string;
  /** Null when no chunk of the twin holds it. */
  id: number | null;
  chunkCount: number;
  /** BM25's inverse document frequency, above 0: the rarer in the twin's chunks, the greater. */
  rarity: number;
  /** Of the stems that the languages of a library make of the same word, the one that most chunks hold. */
  word: { lexeme: string; rarity: number };
  /** Where it stands in the question, counting words from 1. */
  positions: number[];
}

export interface QuestionWords {
  /** The content words of each text, in the order of the texts. */
  texts: QuestionWord[][];
  /** The rarity of a word that no chunk holds: the greatest there is. */
  rarityMax: number;
  /** All of the twin, as in `SearchRange`. */
  libraryChunkCount: number;
  /** Of these, the ones known not to be served. */
  hiddenChunkCount: number;
}

interface Row extends Omit<QuestionWord, 'word'> {
  textNumber: number;
  language: string;
  hiddenChunkCount: number;
}

/** The languages a twin's documents are searched in; English before the first. */
function languagesOf(scope: TwinScope): RawBuilder<unknown> {
  return sql`
    select language::regconfig as language from document_version
    where twin_id = ${scope.twinId} and visibility = 'live' group by language
    union
    select 'english' where not exists (
      select from document_version where twin_id = ${scope.twinId} and visibility = 'live')`;
}

/**
 * The stemmed content words of questions, each with how rare it is in the twin's chunks. A question is read in every
 * language of the twin's documents: what one of them takes for a stop word is none of its words, and of the stems that
 * they make of a word those count that some chunk holds.
 */
export async function listQuestionWords(
  db: Db,
  scope: TwinScope,
  questions: readonly string[],
): Promise<QuestionWords> {
  const { rows } = await sql<Row>`${namedStatement('question-words')}
    with total as materialized (
      select coalesce((select chunk_count from word where twin_id = ${scope.twinId} and lexeme = ''), 0) as chunk_count,
        ${hiddenChunkCount(scope)} as hidden_count
    ),
    spoken as materialized (${languagesOf(scope)})
    select 0 as "textNumber", language::text, '' as lexeme, null::integer as id, total.chunk_count as "chunkCount",
      inverse_frequency(0, total.chunk_count) as rarity, '{}'::integer[] as positions,
      total.hidden_count as "hiddenChunkCount"
    from total, spoken
    union all
    select asked.position::integer, language::text, held.lexeme, word.id, coalesce(word.chunk_count, 0),
      inverse_frequency(coalesce(word.chunk_count, 0), total.chunk_count), held.positions::integer[], 0
    from total
    cross join spoken
    cross join jsonb_array_elements_text(cast(${JSON.stringify(questions)} as jsonb)) with ordinality as asked (text, position)
    cross join lateral unnest(text_words(asked.text, language)) as held
    left join word on word.twin_id = ${scope.twinId} and word.lexeme = held.lexeme`.execute(db);
  const totals = rows.filter(({ textNumber }) => textNumber === 0);
  return {
    texts: questions.map((_, index) => {
      const isAsked = asksFor(questions[index] ?? '');
      const read = rows.filter(({ textNumber, lexeme }) => textNumber === index + 1 && isAsked(lexeme));
      return joinLanguages(read, totals.length);
    }),
    rarityMax: totals[0]?.rarity ?? 0,
    libraryChunkCount: totals[0]?.chunkCount ?? 0,
    hiddenChunkCount: totals[0]?.hiddenChunkCount ?? 0,
  };
}

/** A Chinese character is a word of a question where no other stands beside it; elsewhere it is a part of one. */
function asksFor(question: string): (lexeme: string) => boolean {
  const plain = question.normalize('NFKC');
  return (lexeme) =>
    !/^\p{Script=Han}$/u.test(lexeme) ||
    new RegExp(`(?<!\\p{Script=Han})${lexeme}(?!\\p{Script=Han})`, 'u').test(plain);
}

function joinLanguages(read: readonly Row[], languageCount: number): QuestionWord[] {
  const places = Map.groupBy(
    read.flatMap((row) => row.positions.map((position) => ({ row, position }))),
    ({ position }) => position,
  );
  const words = new Map<string, QuestionWord>();
  for (const [position, readings] of places) {
    if (readings.length < languageCount) continue;
    const held = readings.map(({ row }) => row).filter(({ id }) => id !== null);
    // One language that makes several of a word has taken it apart: these are words by themselves.
    const isOneWord = readings.length === languageCount;
    const commonest = isOneWord ? held.toSorted((a, b) => b.chunkCount - a.chunkCount)[0] : undefined;
    for (const row of held.length > 0 ? held : readings.slice(0, 1).map(({ row }) => row)) {
      const { lexeme, id, chunkCount, rarity } = row;
      const word = { lexeme: (commonest ?? row).lexeme, rarity: (commonest ?? row).rarity };
      const positions = words.get(lexeme)?.positions ?? [];
      if (positions.includes(position)) continue;
      words.set(lexeme, { lexeme, id, chunkCount, rarity, word, positions: [...positions, position] });
    }
  }
  return [...words.values()];
}

/** The stemmed content words of texts, in the order of the texts: the words a search would find them by, in any of the twin's languages. */
export async function listTextLexemes(db: Db, scope: TwinScope, texts: readonly string[]): Promise<string[][]> {
  const { rows } = await sql<{ lexemes: string[] }>`
    with spoken as materialized (${languagesOf(scope)})
    select array(
      select distinct unnest(tsvector_to_array(text_words(given.text, language))) from spoken
    ) as lexemes
    from jsonb_array_elements_text(cast(${JSON.stringify(texts)} as jsonb)) with ordinality as given (text, position)
    order by given.position`.execute(db);
  return rows.map(({ lexemes }) => lexemes);
}
