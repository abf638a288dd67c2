import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { type DocumentFilter, isInFilter } from './document-filter.ts';
import { type DocumentRow, selectDocuments } from './documents.ts';
import { unfinishedStages } from './versions.ts';

export type DocumentOrder = 'newest' | 'oldest' | 'title' | 'largest';
export type DocumentState = 'ready' | 'working' | 'failed' | 'canceled';

export interface DocumentListFilter extends Omit<DocumentFilter, 'documentIds'> {
  /** Of the newest version. */
  state?: DocumentState;
  /** Part of the title, of the file's name or of its folder, in whatever case. */
  text?: string;
}

/** Where a page ends: the next one starts behind it. */
export interface DocumentPosition {
  /** What the last document is ordered by, as text. */
  position: string;
  id: string;
}

interface Order {
  by: RawBuilder<unknown>;
  type: RawBuilder<unknown>;
  direction: 'asc' | 'desc';
}

// As text a time keeps all its microseconds, which a Date would lose: documents accepted together differ by less.
const orders: Record<DocumentOrder, Order> = {
  newest: { by: sql`document.created_at`, type: sql`timestamptz`, direction: 'desc' },
  oldest: { by: sql`document.created_at`, type: sql`timestamptz`, direction: 'asc' },
  title: { by: sql`lower(document.title)`, type: sql`text`, direction: 'asc' },
  largest: { by: sql`version.byte_size`, type: sql`bigint`, direction: 'desc' },
};

/** One page of the documents that meet the filter. */
export async function listDocuments(
  db: Db,
  scope: TwinScope,
  page: { limit: number; order: DocumentOrder; filter?: DocumentListFilter; after?: DocumentPosition | undefined },
): Promise<(DocumentRow & { position: string })[]> {
  const { by, type, direction } = orders[page.order];
  const { after } = page;
  const isBehind =
    after === undefined
      ? sql<boolean>`true`
      : sql<boolean>`(${by} ${direction === 'asc' ? sql`>` : sql`<`} ${after.position}::${type}
          or (${by} = ${after.position}::${type} and document.id > ${after.id}))`;
  return await selectDocuments(db, scope)
    .select(sql<string>`${by}::text`.as('position'))
    .where(isListed(scope, page.filter ?? {}))
    .where(isBehind)
    .orderBy(by, direction)
    .orderBy('document.id')
    .limit(page.limit)
    .execute();
}

/** How many documents meet the filter. */
export async function countDocuments(db: Db, scope: TwinScope, filter: DocumentListFilter = {}): Promise<number> {
  const { count } = await db
    .selectFrom(selectDocuments(db, scope).where(isListed(scope, filter)).as('listed'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

function isListed(scope: TwinScope, { state, text, ...filter }: DocumentListFilter): RawBuilder<boolean> {
  const conditions = [isInFilter(scope, filter)];
  if (state === 'working') conditions.push(sql<boolean>`version.stage = any (${[...unfinishedStages]}::text[])`);
  else if (state !== undefined) conditions.push(sql<boolean>`version.stage = ${state}`);
  if (text !== undefined) {
    conditions.push(
      sql<boolean>`position(lower(${text}) in lower(document.title || E'\n' || concat_ws('/', version.folder, version.file_name))) > 0`,
    );
  }
  return sql.join(conditions, sql` and `);
}
