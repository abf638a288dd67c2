import type { Selectable } from 'kysely';
import type { ConversationOrigin, ConversationTable } from '../chat-tables.ts';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export type ConversationRow = Selectable<ConversationTable>;

export async function insertConversation(
  db: Db,
  scope: TwinScope,
  conversation: { title: string; userLabel: string; origin: ConversationOrigin },
): Promise<ConversationRow> {
  return await db
    .insertInto('conversation')
    .values({
      twin_id: scope.twinId,
      title: conversation.title,
      user_label: conversation.userLabel,
      origin: conversation.origin,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findConversation(db: Db, scope: TwinScope, id: string): Promise<ConversationRow | undefined> {
  return await db
    .selectFrom('conversation')
    .selectAll()
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Finds the conversation and keeps others from adding to it, renaming or deleting it until the transaction ends. */
export async function lockConversation(tx: Tx, scope: TwinScope, id: string): Promise<ConversationRow | undefined> {
  return await tx
    .selectFrom('conversation')
    .selectAll()
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
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

/** Renames without moving the conversation in the list: only messages do that. */
export async function updateConversationTitle(
  db: Db,
  scope: TwinScope,
  id: string,
  title: string,
): Promise<ConversationRow | undefined> {
  return await db
    .updateTable('conversation')
    .set({ title })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
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

/** Deletes it with its messages and their events. */
export async function deleteConversation(db: Db, scope: TwinScope, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('conversation')
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
