import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export interface StoredDocument {
  id: string;
  /** Of every version, hidden ones included. */
  chunks: number;
  firstOrdinal: number | null;
  lastOrdinal: number | null;
  /** Chunks that the `vectors` view shows. */
  vectors: number;
  /** Whole uploaded files. */
  files: number;
}

/** What the database really holds for each document, looked at behind every use case's back. */
export async function listStoredDocuments(db: Db, scope: TwinScope): Promise<StoredDocument[]> {
  const { rows } = await sql<StoredDocument>`
    select d.id,
      (select count(*) from chunk c where c.twin_id = d.twin_id and c.document_id = d.id) as chunks,
      (select min(ordinal) from chunk c where c.twin_id = d.twin_id and c.document_id = d.id) as "firstOrdinal",
      (select max(ordinal) from chunk c where c.twin_id = d.twin_id and c.document_id = d.id) as "lastOrdinal",
      (select count(*) from vectors v where v.twin_id = d.twin_id and v.metadata ->> 'documentId' = d.id) as vectors,
      (select count(*) from document_version v join blob b on b.twin_id = v.twin_id and b.id = v.blob_id
        where v.twin_id = d.twin_id and v.document_id = d.id and b.state = 'stored') as files
    from document d
    where d.twin_id = ${scope.twinId}
    order by d.id`.execute(db);
  return rows;
}
