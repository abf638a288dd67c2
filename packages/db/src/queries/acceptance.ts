import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../db.ts';
import type { IngestionStage } from '../schema.ts';
import type { TwinScope } from '../scope.ts';
import { namedStatement } from '../server/name-statements.ts';
import type { NewVersion } from './versions.ts';

/**
 * Makes whoever takes documents into this twin take turns until `tx` ends, so that the same content or id arriving twice
 * at once is seen by the second. The transactions are short: long files are stored before.
 */
export async function lockAcceptance(tx: Tx, scope: TwinScope): Promise<void> {
  await sql`${namedStatement('lock-acceptance')}
    select pg_advisory_xact_lock(hashtext('accept documents'), ${scope.twinId})`.execute(tx);
}

export interface Encounters {
  /** Deleted documents that are in the way: whoever brings their id or content anew starts afresh. */
  deletedIds: string[];
  /** Whether a document has the id. */
  isTaken: boolean;
  /**
   * Versions with the content, the last one first, each the newest of its document, which is not deleted: content that a newer
   * version waits to replace is as good as gone.
   */
  same: { documentId: string; versionId: number; stage: IngestionStage }[];
}

/** What content meets that is to be taken in, under an id, whose deleted document is in the way, or without, where any with the content is. */
export async function findEncounters(
  tx: Tx,
  scope: TwinScope,
  { documentId, contentSha256 }: { documentId?: string | undefined; contentSha256: Uint8Array },
): Promise<Encounters> {
  // Two texts: one for both would be planned for its values every time, since it is cheaper with half of it left out.
  const documents =
    documentId === undefined
      ? sql`where twin_id = ${scope.twinId} and deleted_at is not null
          and exists (select from document_version v
            where v.twin_id = d.twin_id and v.document_id = d.id and v.content_sha256 = ${contentSha256})`
      : sql`where twin_id = ${scope.twinId} and id = ${documentId}`;
  const { rows } = await sql<{
    document_id: string;
    is_deleted: boolean | null;
    version_id: number | null;
    stage: IngestionStage | null;
  }>`${namedStatement(documentId === undefined ? 'encounters' : 'encounters-of-id')}
    select id as document_id, deleted_at is not null as is_deleted, null::bigint as version_id, null as stage
    from document d ${documents}
    union all
    select v.document_id, null, v.id, v.stage from document_version v
    join document d on d.twin_id = v.twin_id and d.id = v.document_id and d.deleted_at is null
    where v.twin_id = ${scope.twinId} and v.content_sha256 = ${contentSha256}
      and not exists (select from document_version newer where newer.twin_id = v.twin_id
        and newer.document_id = v.document_id and newer.version_number > v.version_number)`.execute(tx);
  return {
    deletedIds: rows.filter((row) => row.is_deleted).map((row) => row.document_id),
    isTaken: rows.some((row) => row.is_deleted === false),
    same: rows
      .flatMap(({ document_id: id, version_id: versionId, stage }) =>
        versionId === null || stage === null ? [] : [{ documentId: id, versionId, stage }],
      )
      .toSorted((a, b) => b.versionId - a.versionId),
  };
}

/**
 * A document with its first version, queued, and its whole file, which is one part. Returns the version's id; undefined, and
 * nothing is stored, when the id is taken.
 */
export async function insertWholeDocument(
  tx: Tx,
  scope: TwinScope,
  document: Omit<NewVersion, 'blobId'> & { title: string; origin: string; bytes: Uint8Array },
): Promise<number | undefined> {
  const { documentId, title, origin, contentSha256, fileName, folder = null, mediaType, byteSize, bytes } = document;
  const { rows } = await sql<{ id: number }>`${namedStatement('insert-whole-document')}
    with made as (
      insert into document (twin_id, id, title, origin) values (${scope.twinId}, ${documentId}, ${title}, ${origin})
      on conflict (twin_id, id) do nothing
      returning twin_id, id
    ),
    file as (
      insert into blob (twin_id, id, state, byte_size)
      select twin_id, ${randomUUID()}::uuid, 'stored', ${byteSize}::bigint from made
      returning id
    ),
    part as (
      insert into blob_part (twin_id, blob_id, part_number, bytes)
      select ${scope.twinId}, id, 0, ${bytes}::bytea from file
    )
    insert into document_version (twin_id, document_id, version_number, blob_id, content_sha256, file_name, folder,
      media_type, byte_size, stage, visibility)
    select made.twin_id, made.id, 1, file.id, ${contentSha256}::bytea, ${fileName}::text, ${folder}::text,
      ${mediaType}::text, ${byteSize}::bigint, 'queued', 'none'
    from made, file
    returning id`.execute(tx);
  return rows[0]?.id;
}
