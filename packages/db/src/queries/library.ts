import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';

/** Documents that answer questions now. */
export async function countSearchableDocuments(db: Db, scope: TwinScope): Promise<number> {
  const { count } = await searchableDocuments(db, scope)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** The first chunk of each document that answers questions, the newest documents first. */
export async function listOpeningChunkIds(db: Db, scope: TwinScope, limit: number): Promise<number[]> {
  const rows = await searchableDocuments(db, scope)
    .innerJoin('chunk', (join) =>
      join
        .onRef('chunk.twin_id', '=', 'document.twin_id')
        .onRef('chunk.version_id', '=', 'document.live_version_id')
        .on('chunk.ordinal', '=', 0),
    )
    .select('chunk.id')
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

function searchableDocuments(db: Db, scope: TwinScope) {
  return db
    .selectFrom('document')
    .where('document.twin_id', '=', scope.twinId)
    .where('document.deleted_at', 'is', null)
    .where('document.live_version_id', 'is not', null);
}
