import type { IngestionStage } from '@twin/db/schema';
import type { Remedy } from './remedy.ts';

/** A document as lists and pages show it. Times are ISO 8601. */
export interface DocumentView {
  id: string;
  title: string;
  fileName: string;
  /** Where the file lay within the folder that was added, as `docs/guide`; null for a file that came by itself. */
  folder: string | null;
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
  /** Pages or images without text of their own, and what became of them. */
  pictures: {
    /** Read by text recognition (OCR), so far. */
    recognised: number;
    /** While reading: to be recognised in all. Afterwards: not looked at. */
    toRecognise: number;
    /** Blank, or without legible text. */
    textless: number;
  };
  /** What the file says about itself: front matter, author. */
  metadata: Record<string, string>;
  characterCount: number | null;
  chunkCount: number | null;
  chunksEmbedded: number;
  attempts: number;
  warnings: string[];
  error: { code: string; message: string; stage: IngestionStage } | null;
  /** Of a failed or canceled one: what takes it in after all. */
  remedy: Remedy;
  startedAt: string | null;
  finishedAt: string | null;
}
