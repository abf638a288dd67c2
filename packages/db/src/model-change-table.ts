import type { Generated } from 'kysely';
import type { CreatedAt } from './column-types.ts';

/** The recorded state machine of one change: `queued` → `running` → `done`, or `failed` / `canceled`. */
export type ModelChangeState = 'queued' | 'running' | 'done' | 'failed' | 'canceled';
export type ModelChangeKind = 'switch' | 'rollback';

/** A change of the embedding model that an owner has asked for. At most one is under way. */
export interface ModelChangeTable {
  twin_id: number;
  id: Generated<string>;
  kind: ModelChangeKind;
  model: string;
  state: ModelChangeState;
  embedded: Generated<number>;
  error: string | null;
  /** What an owner should know of a change that went through. */
  note: string | null;
  created_at: CreatedAt;
  finished_at: Date | null;
}
