import type { Selectable } from 'kysely';
import type { ConversationOrigin, ConversationTable } from '../chat-tables.ts';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export type ConversationRow = Selectable<ConversationTable>;

/** A conversation, asked for by one of the two sides that have some: a visitor, or with null the owner's side. */
export interface OwnConversation {
  id: string;
  visitorId: string | null;
}

interface NewConversation {
  title: string;
  userLabel: string;
  origin: Exclude<ConversationOrigin, 'visitor'>;
}

interface NewVisitorConversation {
  title: string;
  userLabel: string;
  origin: 'visitor';
  visitorId: string;
  shareLinkId: string;
}

export async function insertConversation(
  db: Db,
  scope: TwinScope,
  conversation: NewConversation | NewVisitorConversation,
): Promise<ConversationRow> {
  return await db
    .insertInto('conversation')
    .values({
      twin_id: scope.twinId,
      title: conversation.title,
      user_label: conversation.userLabel,
      origin: conversation.origin,
      visitor_id: conversation.origin === 'visitor' ? conversation.visitorId : null,
      share_link_id: conversation.origin === 'visitor' ? conversation.shareLinkId : null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findConversation(
  db: Db,
  scope: TwinScope,
  { id, visitorId }: OwnConversation,
): Promise<ConversationRow | undefined> {
  return await db
    .selectFrom('conversation')
    .selectAll()
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('visitor_id', 'is not distinct from', visitorId)
    .executeTakeFirst();
}

/** Finds the conversation and keeps others from adding to it, renaming or deleting it until the transaction ends. */
export async function lockConversation(
  tx: Tx,
  scope: TwinScope,
  { id, visitorId }: OwnConversation,
): Promise<ConversationRow | undefined> {
  return await tx
    .selectFrom('conversation')
    .selectAll()
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('visitor_id', 'is not distinct from', visitorId)
    .forUpdate()
    .executeTakeFirst();
}

/** Those that the app keeps, latest first. */
export async function listConversations(db: Db, scope: TwinScope, limit: number): Promise<ConversationRow[]> {
  return await db
    .selectFrom('conversation')
    .selectAll()
    .where('twin_id', '=', scope.twinId)
    .where('origin', '=', 'app')
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** A visitor's own, latest first. */
export async function listVisitorConversations(
  db: Db,
  scope: TwinScope,
  visitorId: string,
  limit: number,
): Promise<ConversationRow[]> {
  return await db
    .selectFrom('conversation')
    .selectAll()
    .where('twin_id', '=', scope.twinId)
    .where('visitor_id', '=', visitorId)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Renames without moving the conversation in the list: only messages do that. */
export async function updateConversationTitle(
  db: Db,
  scope: TwinScope,
  { id, visitorId }: OwnConversation,
  title: string,
): Promise<ConversationRow | undefined> {
  return await db
    .updateTable('conversation')
    .set({ title })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('visitor_id', 'is not distinct from', visitorId)
    .returningAll()
    .executeTakeFirst();
}

export async function updateConversationTime(db: Db, scope: TwinScope, id: string): Promise<void> {
  await db
    .updateTable('conversation')
    .set(({ fn }) => ({ updated_at: fn<Date>('now') }))
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .execute();
}

/** The link that a visitor's latest question came by. */
export async function updateConversationLink(db: Db, scope: TwinScope, id: string, shareLinkId: string): Promise<void> {
  await db
    .updateTable('conversation')
    .set({ share_link_id: shareLinkId })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .execute();
}

/** Deletes it with its messages and their events. */
export async function deleteConversation(
  db: Db,
  scope: TwinScope,
  { id, visitorId }: OwnConversation,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('conversation')
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('visitor_id', 'is not distinct from', visitorId)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** All that a visitor has said and been told. */
export async function deleteVisitorConversations(db: Db, scope: TwinScope, visitorId: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('conversation')
    .where('twin_id', '=', scope.twinId)
    .where('visitor_id', '=', visitorId)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
