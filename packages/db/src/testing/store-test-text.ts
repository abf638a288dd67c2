import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';

/** Puts a text in parts in place of the one a version has, as its reading would have left it. */
export async function storeTestText(
  db: Db,
  scope: TwinScope,
  versionId: number,
  parts: readonly { text: string; blocks?: readonly unknown[] }[],
): Promise<void> {
  await sql`delete from document_text where twin_id = ${scope.twinId} and version_id = ${versionId}`.execute(db);
  let start = 0;
  for (const { text, blocks = [] } of parts) {
    await sql`insert into document_text (twin_id, version_id, start_offset, canonical_text, blocks)
      values (${scope.twinId}, ${versionId}, ${start}, ${text}, ${JSON.stringify(blocks)})`.execute(db);
    start += text.length;
  }
}
