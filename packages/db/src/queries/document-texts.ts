import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export interface DocumentTextRow {
  canonicalText: string;
  /** As it was stored. */
  blocks: unknown[];
}

export async function findDocumentText(
  db: Db,
  scope: TwinScope,
  versionId: number,
): Promise<DocumentTextRow | undefined> {
  return await db
    .selectFrom('document_text')
    .select(['canonical_text as canonicalText', 'blocks'])
    .where('twin_id', '=', scope.twinId)
    .where('version_id', '=', versionId)
    .executeTakeFirst();
}

/** The text alone, without where its blocks are. */
export async function findCanonicalText(db: Db, scope: TwinScope, versionId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('document_text')
    .select('canonical_text as canonicalText')
    .where('twin_id', '=', scope.twinId)
    .where('version_id', '=', versionId)
    .executeTakeFirst();
  return row?.canonicalText;
}

/** Stores what reading a version produced; reading it again replaces that. */
export async function upsertDocumentText(
  tx: Tx,
  scope: TwinScope,
  versionId: number,
  text: { canonicalText: string; blocks: readonly unknown[] },
): Promise<void> {
  await tx
    .insertInto('document_text')
    .values({
      twin_id: scope.twinId,
      version_id: versionId,
      canonical_text: text.canonicalText,
      blocks: JSON.stringify(text.blocks),
    })
    .onConflict((conflict) =>
      conflict.columns(['twin_id', 'version_id']).doUpdateSet((eb) => ({
        canonical_text: eb.ref('excluded.canonical_text'),
        blocks: eb.ref('excluded.blocks'),
      })),
    )
    .execute();
}

export async function deleteDocumentTexts(tx: Tx, scope: TwinScope, versionIds: readonly number[]): Promise<void> {
  if (versionIds.length === 0) {
    return;
  }
  await tx
    .deleteFrom('document_text')
    .where('twin_id', '=', scope.twinId)
    .where('version_id', 'in', versionIds)
    .execute();
}
