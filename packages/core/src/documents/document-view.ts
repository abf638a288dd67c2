import type { IngestionStage } from '@twin/db/schema';

/** A document as lists and pages show it. Times are ISO 8601. */
export interface DocumentView {
  id: string;
  title: string;
  fileName: string;
  mediaType: string | null;
  byteSize: number;
  origin: 'upload' | 'rest' | 'sample';
  /** Of the newest version; an older one may still be answering (`searchable`). */
  ingestion: IngestionView;
  /** True when a version of this document answers questions now. */
  searchable: boolean;
  tags: string[];
  collectionIds: string[];
  createdAt: string;
  updatedAt: string;
}

/** Where one version's ingestion stands, in terms a person follows. */
export interface IngestionView {
  versionId: number;
  versionNumber: number;
  stage: IngestionStage;
  pageCount: number | null;
  pagesRead: number;
  characterCount: number | null;
  chunkCount: number | null;
  chunksEmbedded: number;
  attempts: number;
  warnings: string[];
  error: { code: string; message: string; stage: IngestionStage } | null;
  startedAt: string | null;
  finishedAt: string | null;
}
