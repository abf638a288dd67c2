import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { type DocumentFilter, isInFilter } from './document-filter.ts';

/** Documents that answer questions now, in the whole library or in a part of it. */
export async function countSearchableDocuments(db: Db, scope: TwinScope, filter?: DocumentFilter): Promise<number> {
  const { count } = await searchableDocuments(db, scope, filter)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** The first chunk of each document that answers questions, the newest documents first; switched-off ones do not count. */
export async function listOpeningChunkIds(
  db: Db,
  scope: TwinScope,
  { limit, filter }: { limit: number; filter?: DocumentFilter | undefined },
): Promise<number[]> {
  const rows = await searchableDocuments(db, scope, filter)
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('chunk')
          .select('chunk.id')
          .whereRef('chunk.twin_id', '=', 'document.twin_id')
          .whereRef('chunk.version_id', '=', 'document.live_version_id')
          .where('chunk.enabled', '=', true)
          .orderBy('chunk.ordinal')
          .limit(1)
          .as('opening'),
      (join) => join.onTrue(),
    )
    .select('opening.id')
    .orderBy('document.created_at', 'desc')
    .orderBy('document.id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Whether any document of the sample collection is there, ready or not. */
export async function hasSampleDocuments(db: Db, scope: TwinScope): Promise<boolean> {
  const sample = await db
    .selectFrom('document')
    .select('id')
    .where('twin_id', '=', scope.twinId)
    .where('origin', '=', 'sample')
    .where('deleted_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return sample !== undefined;
}

function searchableDocuments(db: Db, scope: TwinScope, filter: DocumentFilter = {}) {
  return db
    .selectFrom('document')
    .where('document.twin_id', '=', scope.twinId)
    .where('document.deleted_at', 'is', null)
    .where('document.live_version_id', 'is not', null)
    .where(isInFilter(scope, filter));
}
