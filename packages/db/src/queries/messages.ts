import { type Selectable, sql } from 'kysely';
import type { MessageState, MessageTable } from '../chat-tables.ts';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export type MessageRow = Selectable<MessageTable>;

/** Oldest first. */
export async function listMessages(db: Db, scope: TwinScope, conversationId: string): Promise<MessageRow[]> {
  return await db
    .selectFrom('message')
    .selectAll()
    .where('twin_id', '=', scope.twinId)
    .where('conversation_id', '=', conversationId)
    .orderBy('ordinal')
    .execute();
}

/** Of the owner's side. */
export async function findMessage(db: Db, scope: TwinScope, id: string): Promise<MessageRow | undefined> {
  return await db
    .selectFrom('message')
    .selectAll()
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where(isOf(null))
    .executeTakeFirst();
}

/** A message, asked for by a visitor, or with null by the owner's side: each finds only what stands in its own conversations. */
export interface OwnMessage {
  id: string;
  visitorId: string | null;
}

export interface NewMessage {
  conversationId: string;
  ordinal: number;
  role: 'user' | 'assistant';
  /** A `running` message has a heartbeat from the start. */
  state: MessageState;
  text: string;
  /** JSON text; null when all of the library was asked. */
  scope?: string | null;
}

/** In the order given. */
export async function insertMessages(tx: Tx, scope: TwinScope, messages: readonly NewMessage[]): Promise<MessageRow[]> {
  const rows = await tx
    .insertInto('message')
    .values(
      messages.map((message) => ({
        twin_id: scope.twinId,
        conversation_id: message.conversationId,
        ordinal: message.ordinal,
        role: message.role,
        state: message.state,
        text: message.text,
        citations: '[]',
        unsupported: '[]',
        sources: '[]',
        scope: message.scope ?? null,
        heartbeat_at: message.state === 'running' ? sql<Date>`now()` : null,
      })),
    )
    .returningAll()
    .execute();
  return rows.toSorted((a, b) => a.ordinal - b.ordinal);
}

/** Shows that the answer is still being written. False when it no longer is: stopped elsewhere, failed or deleted. */
export async function updateHeartbeat(db: Db, scope: TwinScope, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('message')
    .set({ heartbeat_at: sql<Date>`now()` })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

export interface FinishedMessage {
  state: Exclude<MessageState, 'running'>;
  text: string;
  outcome: string | null;
  /** JSON text. */
  citations: string;
  unsupported: string;
  sources: string;
  error: string | null;
  model: string | null;
  usage: string | null;
  from_cache: boolean;
  model_skipped: MessageRow['model_skipped'];
  /** When it ended. */
  updated_at: Date;
}

/** Ends an answer once: false when it was ended or deleted before. */
export async function finishMessage(tx: Tx, scope: TwinScope, id: string, message: FinishedMessage): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('message')
    .set({ ...message, heartbeat_at: null })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/**
 * A running answer, locked: its writer cannot append to it until the transaction ends. With `staleMs`, only when its
 * heartbeat is older, by the database's clock.
 */
export async function lockRunningMessage(
  tx: Tx,
  scope: TwinScope,
  id: string,
  staleMs?: number,
): Promise<MessageRow | undefined> {
  return await tx
    .selectFrom('message')
    .selectAll()
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .$if(staleMs !== undefined, (query) => query.where(isStale(staleMs ?? 0)))
    .forUpdate()
    .executeTakeFirst();
}

/** For who asks: whether an answer still runs, and if so whether its writer has not been heard of for `staleMs`. */
export async function findAnswerState(
  db: Db,
  scope: TwinScope,
  { id, visitorId }: OwnMessage,
  staleMs: number,
): Promise<{ state: MessageState; isStale: boolean } | undefined> {
  return await db
    .selectFrom('message')
    .select(['state', sql<boolean>`coalesce(${isStale(staleMs)}, false)`.as('isStale')])
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('role', '=', 'assistant')
    .where(isOf(visitorId))
    .executeTakeFirst();
}

/** Answers being written to those who came by a link. */
export async function listRunningMessageIds(db: Db, scope: TwinScope, shareLinkId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('message')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.twin_id', '=', 'message.twin_id')
        .onRef('conversation.id', '=', 'message.conversation_id'),
    )
    .select('message.id')
    .where('message.twin_id', '=', scope.twinId)
    .where('message.state', '=', 'running')
    .where('conversation.share_link_id', '=', shareLinkId)
    .execute();
  return rows.map(({ id }) => id);
}

/** Answers whose writer has not been heard of for `staleMs`, by the database's clock. */
export async function listStaleMessageIds(db: Db, scope: TwinScope, staleMs: number): Promise<string[]> {
  const rows = await db
    .selectFrom('message')
    .select('id')
    .where('twin_id', '=', scope.twinId)
    .where('state', '=', 'running')
    .where(isStale(staleMs))
    .execute();
  return rows.map(({ id }) => id);
}

function isOf(visitorId: string | null) {
  return sql<boolean>`exists (
    select from conversation c
    where c.twin_id = message.twin_id and c.id = message.conversation_id and c.visitor_id is not distinct from ${visitorId})`;
}

function isStale(staleMs: number) {
  return sql<boolean>`heartbeat_at <= now() - ${staleMs} * interval '1 millisecond'`;
}
