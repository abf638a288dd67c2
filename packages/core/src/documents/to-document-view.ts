import type { DocumentRow } from '@twin/db/queries/documents';
import type { DocumentView, IngestionView } from './document-view.ts';
import { withoutParameters } from './media-type.ts';
import { remedyAt } from './remedy.ts';

export function toDocumentView(row: DocumentRow): DocumentView {
  return {
    id: row.id,
    title: row.title,
    fileName: row.file_name,
    folder: row.folder,
    mediaType: row.media_type && withoutParameters(row.media_type),
    byteSize: row.byte_size,
    origin: row.origin as DocumentView['origin'],
    ingestion: toIngestionView({ ...row, id: row.version_id }),
    searchable: row.live_version_id !== null,
    tags: row.tags,
    collectionIds: row.collection_ids,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

type VersionColumns = Pick<
  DocumentRow,
  | 'version_number'
  | 'stage'
  | 'failed_stage'
  | 'error_code'
  | 'error_message'
  | 'attempts'
  | 'page_count'
  | 'pages_read'
  | 'pictures_recognised'
  | 'pictures_to_recognise'
  | 'pages_textless'
  | 'file_metadata'
  | 'character_count'
  | 'chunk_count'
  | 'chunks_embedded'
  | 'warnings'
  | 'started_at'
  | 'finished_at'
> & { id: number };

/** An error on an unfinished version is the last one met: it will be tried again. */
export function toIngestionView(version: VersionColumns): IngestionView {
  return {
    versionId: version.id,
    versionNumber: version.version_number,
    stage: version.stage,
    pageCount: version.page_count,
    pagesRead: version.pages_read,
    pictures: {
      recognised: version.pictures_recognised,
      toRecognise: version.pictures_to_recognise,
      textless: version.pages_textless,
    },
    metadata: version.file_metadata,
    characterCount: version.character_count,
    chunkCount: version.chunk_count,
    chunksEmbedded: version.chunks_embedded,
    attempts: version.attempts,
    warnings: version.warnings,
    error:
      version.error_code === null
        ? null
        : {
            code: version.error_code,
            message: version.error_message ?? '',
            stage: version.failed_stage ?? version.stage,
          },
    remedy: remedyAt(version),
    startedAt: version.started_at?.toISOString() ?? null,
    finishedAt: version.finished_at?.toISOString() ?? null,
  };
}
