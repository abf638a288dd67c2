import { sql } from 'kysely';
import type { Db } from '../db.ts';

/** What is stored of the version of a document that answers, apart from its passages and what order of arrival decides. */
export interface StoredText {
  documentId: string;
  title: string;
  /** Where each part begins, and the digests of its text and of its blocks. */
  parts: [start: number, text: string, blocks: string][];
  /** Of the version's row. */
  facts: Record<string, unknown>;
}

export async function listStoredTexts(db: Db): Promise<StoredText[]> {
  const { rows } = await sql<StoredText>`
    select d.id as "documentId", d.title, (
        select json_agg(json_build_array(t.start_offset, md5(t.canonical_text), md5(t.blocks::text)) order by t.start_offset)
        from document_text t where t.twin_id = v.twin_id and t.version_id = v.id
      ) as parts, (
        select json_object_agg(key, value) from json_each(row_to_json(v))
        where key in ('media_type', 'language', 'character_count', 'chunk_count', 'chunks_embedded', 'page_count', 'pages_read',
          'pictures_recognised', 'pictures_to_recognise', 'pages_textless', 'warnings', 'file_metadata')
      ) as facts
    from document d join document_version v on v.twin_id = d.twin_id and v.id = d.live_version_id
    order by d.id`.execute(db);
  return rows;
}
