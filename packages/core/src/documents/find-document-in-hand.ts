import { findDocumentRow } from '@twin/db/queries/documents';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { InHand, Standing } from './stages.ts';

/** The document of a version at work, as the stage before has left it in hand or as it is; undefined once it has been deleted. */
export async function findDocumentInHand(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  { version, inHand }: Standing,
): Promise<InHand['document']> {
  if (inHand.document !== undefined) return inHand.document;
  const row = await findDocumentRow(db, scope, version.document_id);
  return row && { title: row.title, liveVersionId: row.live_version_id };
}
