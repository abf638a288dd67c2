import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export interface AnswerTokens {
  model: string;
  promptTokens: number;
  completionTokens: number;
  isEstimated: boolean;
  /** Null where no prices are known. */
  cost: number | null;
}

export interface ModelUsage {
  model: string;
  answers: number;
  promptTokens: number;
  completionTokens: number;
  estimatedAnswers: number;
  cost: number;
}

const today: RawBuilder<string> = sql<string>`(now() at time zone 'utc')::date`;

/** Adds one answer to today's sums. */
export async function addTokenUsage(tx: Tx, scope: TwinScope, answer: AnswerTokens): Promise<void> {
  await sql`
    insert into token_usage as t
      (twin_id, day, model, answers, prompt_tokens, completion_tokens, estimated_answers, cost)
    values (${scope.twinId}, ${today}, ${answer.model}, 1, ${answer.promptTokens}, ${answer.completionTokens},
      ${answer.isEstimated ? 1 : 0}, ${answer.cost ?? 0})
    on conflict (twin_id, day, model) do update set
      answers = t.answers + 1,
      prompt_tokens = t.prompt_tokens + excluded.prompt_tokens,
      completion_tokens = t.completion_tokens + excluded.completion_tokens,
      estimated_answers = t.estimated_answers + excluded.estimated_answers,
      cost = t.cost + excluded.cost`.execute(tx);
}

/**
 * Lets a running answer use the day's budget, and notes what it may come to use until it ends. False when what was used and
 * what other answers may come to use leave nothing: however many begin at once, in however many processes, the budget is
 * passed by the last of them alone.
 *
 * @param staleMs an answer that has not shown itself for so long is dead, and its note with it.
 */
export async function reserveTokens(
  db: Db,
  scope: TwinScope,
  { messageId, tokens, budget, staleMs }: { messageId: string; tokens: number; budget: number; staleMs: number },
): Promise<boolean> {
  const { rows } = await sql<{ reserved: boolean }>`
    select reserve_tokens(${scope.twinId}, ${messageId}, ${tokens}, ${budget}, ${staleMs}) as reserved`.execute(db);
  return rows[0]?.reserved === true;
}

/** Of all models, since midnight UTC. */
export async function findTokensOfToday(db: Db, scope: TwinScope): Promise<number> {
  const { rows } = await sql<{ tokens: number }>`
    select coalesce(sum(prompt_tokens + completion_tokens), 0)::bigint as tokens
    from token_usage where twin_id = ${scope.twinId} and day = ${today}`.execute(db);
  return rows[0]?.tokens ?? 0;
}

/** What each model was used for on the last `days` days, today among them; the most used first. */
export async function listModelUsage(db: Db, scope: TwinScope, days: number): Promise<ModelUsage[]> {
  const { rows } = await sql<ModelUsage>`
    select model, sum(answers)::bigint as answers, sum(prompt_tokens)::bigint as "promptTokens",
      sum(completion_tokens)::bigint as "completionTokens", sum(estimated_answers)::bigint as "estimatedAnswers",
      sum(cost)::float8 as cost
    from token_usage
    where twin_id = ${scope.twinId} and day > ${today} - ${days}::integer
    group by model
    order by sum(prompt_tokens + completion_tokens) desc, model`.execute(db);
  return rows;
}
