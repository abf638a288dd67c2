import { type Selectable, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { GoldenQuestionTable } from '../evaluation-tables.ts';
import type { TwinScope } from '../scope.ts';

export type GoldenQuestionRow = Selectable<GoldenQuestionTable>;

export interface NewGoldenQuestion {
  question: string;
  history: readonly unknown[];
  answerable: boolean;
  expected: readonly unknown[];
  answerTexts: readonly string[];
}

/** In the order they were added. */
export async function listGoldenQuestions(db: Db, scope: TwinScope): Promise<GoldenQuestionRow[]> {
  return await db
    .selectFrom('golden_question')
    .selectAll()
    .where('twin_id', '=', scope.twinId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Adds a question, or replaces what is expected of the same question after the same history. */
export async function upsertGoldenQuestion(db: Db, scope: TwinScope, question: NewGoldenQuestion): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into golden_question (twin_id, question, history, answerable, expected, answer_texts, created_at)
    values (${scope.twinId}, ${question.question}, ${JSON.stringify(question.history)}, ${question.answerable},
      ${JSON.stringify(question.expected)}, ${JSON.stringify(question.answerTexts)},
      -- The embedded engine's clock counts milliseconds, in which several are added.
      greatest(clock_timestamp(), (select max(created_at) from golden_question where twin_id = ${scope.twinId}) + interval '1 microsecond'))
    on conflict (twin_id, md5(question), md5(history::text)) do update
      set answerable = excluded.answerable, expected = excluded.expected, answer_texts = excluded.answer_texts
    returning id`.execute(db);
  return rows[0]?.id ?? '';
}

export async function deleteGoldenQuestion(db: Db, scope: TwinScope, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('golden_question')
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
