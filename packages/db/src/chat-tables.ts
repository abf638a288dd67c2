import type { ColumnType, Generated } from 'kysely';
import type { CreatedAt, Json, UpdatedAt } from './column-types.ts';

export type ConversationOrigin = 'app' | 'api' | 'visitor';

export interface ConversationTable {
  twin_id: number;
  id: Generated<string>;
  title: string;
  /** Who talks: the owner's or API key's label, never proof of identity. */
  user_label: string;
  /** `app`: kept by the twin, listed and continued there. `api`: one call of a caller that keeps its conversation itself. `visitor`: that of a share link's visitor. */
  origin: ConversationOrigin;
  /** Whose it is: null for the owner's side, which no visitor reaches. */
  visitor_id: string | null;
  /** By which a visitor came. */
  share_link_id: string | null;
  created_at: CreatedAt;
  updated_at: UpdatedAt;
}

export type MessageState = 'running' | 'done' | 'stopped' | 'failed';

export interface MessageTable {
  twin_id: number;
  id: Generated<string>;
  conversation_id: string;
  /** Order within the conversation, from 0. */
  ordinal: number;
  role: 'user' | 'assistant';
  state: MessageState;
  text: string;
  /** Why the answer looks as it does: `answered`, `quoted`, `nothing-relevant`, `unsupported`, `empty-library`; null while running. */
  outcome: string | null;
  citations: Json<unknown[]>;
  /** Claims whose citations could not be verified. */
  unsupported: Json<unknown[]>;
  /** Every passage that was found for the answer, in rank order: the context that was sent. */
  sources: Json<unknown[]>;
  error: Json<unknown> | null;
  model: string | null;
  /** The part of the library that was asked, with the names of that time; null for all of it. */
  scope: Json<unknown> | null;
  /** Tokens and cost; null where no model was asked. */
  usage: Json<unknown> | null;
  /** True when the answer was kept from an equal question. */
  from_cache: Generated<boolean>;
  /** Why a model that is configured was not asked. */
  model_skipped: 'token-budget' | null;
  /** Of the day's budget, while this answer is running; null without a budget. */
  reserved_tokens: ColumnType<number | null, never, never>;
  /** Renewed while a process writes this answer; a stale one means its process died. */
  heartbeat_at: Date | null;
  created_at: CreatedAt;
  updated_at: UpdatedAt;
}

/** Append-only log of one answer's events: what a reload or a second tab replays. */
export interface TurnEventTable {
  twin_id: number;
  message_id: string;
  /** From 1, without gaps. */
  sequence: number;
  event: Json<unknown>;
  created_at: CreatedAt;
}

/** What models were used for, by day of UTC. */
export interface TokenUsageTable {
  twin_id: number;
  /** `yyyy-mm-dd`. */
  day: string;
  model: string;
  answers: number;
  prompt_tokens: number;
  completion_tokens: number;
  /** Answers whose tokens the endpoint did not tell. */
  estimated_answers: number;
  /** In the currency of the configured prices. */
  cost: number;
}
