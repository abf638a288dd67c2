import { type RawBuilder, sql } from 'kysely';
import type { TwinScope } from '../scope.ts';

/** The versions whose rows exist but must not be served, one a row. */
export function hiddenVersionIds(scope: TwinScope): RawBuilder<unknown> {
  return sql`select id from document_version where twin_id = ${scope.twinId} and visibility = 'hidden'`;
}

/**
 * Chunks that are there and are not served: of documents that can still be brought back, and of versions that are being embedded.
 * Of one that is being cut or removed nobody knows how many there are at the moment, and none are counted.
 */
export function hiddenChunkCount(scope: TwinScope): RawBuilder<number> {
  return sql<number>`(
    select coalesce(sum(v.chunk_count), 0)::integer
    from document_version v join document d on d.twin_id = v.twin_id and d.id = v.document_id
    where v.twin_id = ${scope.twinId} and v.visibility = 'hidden' and v.stage in ('embedding', 'publishing', 'ready')
      and (d.deleted_at is null or d.deleted_at > to_timestamp(0)))`;
}
