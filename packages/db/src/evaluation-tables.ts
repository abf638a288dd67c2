import type { Generated } from 'kysely';
import type { CreatedAt, Json } from './column-types.ts';

/** A question whose right answer is known. */
export interface GoldenQuestionTable {
  twin_id: number;
  id: Generated<string>;
  question: string;
  history: Json<unknown[]>;
  answerable: boolean;
  expected: Json<unknown[]>;
  answer_texts: Json<unknown[]>;
  created_at: CreatedAt;
}

/** The recorded state machine of one evaluation: `queued` → `running` → `done`, or `failed` / `canceled`. */
export type EvaluationState = 'queued' | 'running' | 'done' | 'failed' | 'canceled';

export interface EvaluationRunTable {
  twin_id: number;
  id: Generated<string>;
  state: EvaluationState;
  settings: Json<unknown>;
  hash: string;
  measures: Json<unknown> | null;
  error: string | null;
  created_at: CreatedAt;
  finished_at: Date | null;
}

export interface EvaluationResultTable {
  twin_id: number;
  run_id: string;
  /** Order of asking, from 0. */
  ordinal: number;
  question: Json<unknown>;
  result: Json<unknown> | null;
}
