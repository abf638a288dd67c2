import type { ColumnType, Generated } from 'kysely';
import type { ConversationTable, MessageTable, TokenUsageTable, TurnEventTable } from './chat-tables.ts';
import type { CollectionDocumentTable, CollectionTable, DocumentTagTable } from './collection-tables.ts';
import type { CreatedAt, Json, UpdatedAt } from './column-types.ts';
import type { EvaluationResultTable, EvaluationRunTable, GoldenQuestionTable } from './evaluation-tables.ts';
import type { ImportedItemTable, ImportProgressTable } from './import-tables.ts';
import type { ModelChangeTable } from './model-change-table.ts';
import type { ShareLinkTable } from './share-link-table.ts';
import type { EmbeddingModelTable, VectorIndexSettingTable, VectorsView } from './vector-tables.ts';

export interface TwinTable {
  id: Generated<number>;
  name: string;
  /** Grows by one in every transaction that changes what a search can find; part of every answer-cache key. */
  corpus_version: ColumnType<number, number | undefined, number>;
  /** Grows with every change of a rate limit and every reset: how a process notices another one's. */
  limits_version: ColumnType<number, number | undefined, number>;
  /** Who the twin is and how it speaks. */
  bio: Generated<string>;
  tone: Generated<string>;
  person: Generated<'first' | 'third'>;
  strictness: Generated<'strict' | 'balanced'>;
  /** Tokens a model may use for this twin in one day of UTC; null for any number. */
  daily_tokens_max: number | null;
  created_at: CreatedAt;
}

/** A document as its owner knows it. Its searchable content is the version that `live_version_id` points at. */
export interface DocumentTable {
  twin_id: number;
  /** The caller's id (`doc-1`) or a generated one. */
  id: string;
  title: string;
  /** `sample` for the built-in sample collection, else `upload` or `rest`. */
  origin: string;
  live_version_id: number | null;
  /** When its owner deleted it; it is erased shortly after, and can be brought back until then. */
  deleted_at: Date | null;
  created_at: CreatedAt;
  updated_at: UpdatedAt;
}

/** Uploaded bytes. `receiving` until the transaction that acknowledges the upload marks it `stored`. */
export interface BlobTable {
  twin_id: number;
  id: Generated<string>;
  state: 'receiving' | 'stored';
  byte_size: number;
  created_at: CreatedAt;
}

export interface BlobPartTable {
  twin_id: number;
  blob_id: string;
  part_number: number;
  bytes: Uint8Array;
}

/** The recorded state machine of one ingestion; `queued` → … → `ready`, or `failed` / `canceled`, later `replaced`. */
export type IngestionStage =
  | 'queued'
  | 'reading'
  | 'chunking'
  | 'embedding'
  | 'publishing'
  | 'ready'
  | 'failed'
  | 'canceled'
  | 'replaced';

/** `none`: no chunk rows yet. `hidden`: rows exist and must not be served. `live`: searchable. */
export type VersionVisibility = 'none' | 'hidden' | 'live';

export interface DocumentVersionTable {
  twin_id: number;
  id: Generated<number>;
  document_id: string;
  version_number: number;
  blob_id: string | null;
  content_sha256: Uint8Array;
  file_name: string;
  /** Where the file lay within the folder that was added, as `docs/guide`; null for a file that came by itself. */
  folder: string | null;
  /** Declared by the uploader until reading sniffs the bytes. */
  media_type: string | null;
  byte_size: number;
  stage: IngestionStage;
  visibility: VersionVisibility;
  failed_stage: IngestionStage | null;
  error_code: string | null;
  error_message: string | null;
  /** How often it was taken up at its stage: now, and by servers that died with it in hand. */
  attempts: Generated<number>;
  /** Tries at its stage that ended by its own doing: its reader died, or something unforeseen went wrong. */
  crashes: Generated<number>;
  /** How long running servers have seen what its stage needs away (a model, the database), in milliseconds. */
  waited_ms: Generated<number>;
  /** When one last saw that. */
  waited_at: Date | null;
  page_count: number | null;
  pages_read: Generated<number>;
  /** Pages, slides or images read by text recognition (OCR): so far, while reading, of `pictures_to_recognise`. */
  pictures_recognised: Generated<number>;
  /** Without text of their own, as far as is known yet; after reading, those that were not looked at. */
  pictures_to_recognise: Generated<number>;
  /** Looked at, and found to be blank or without legible text. */
  pages_textless: Generated<number>;
  /** What the file says about itself: front matter, author. Text by name. */
  file_metadata: ColumnType<Record<string, string>, string | undefined, string>;
  character_count: number | null;
  chunk_count: number | null;
  chunks_embedded: Generated<number>;
  warnings: ColumnType<string[], string | undefined, string>;
  /** A text search configuration of Postgres: how the words of its chunks are stemmed. */
  language: Generated<string>;
  created_at: CreatedAt;
  started_at: Date | null;
  finished_at: Date | null;
  updated_at: UpdatedAt;
}

/** Parts of a version's text, in which chunks and citations are [start, end) offsets (UTF-16 code units), blocks too. */
export interface DocumentTextTable {
  twin_id: number;
  version_id: number;
  /** Where the part begins in the whole. */
  start_offset: Generated<number>;
  canonical_text: string;
  blocks: Json<unknown[]>;
}

export interface ChunkTable {
  twin_id: number;
  id: Generated<number>;
  document_id: string;
  version_id: number;
  ordinal: number;
  start_offset: number;
  end_offset: number;
  page_from: number | null;
  page_to: number | null;
  heading_path: string[];
  /** Always equals its version's text from `start_offset` to `end_offset`. */
  content: string;
  token_count: number;
  /** Document title and heading path (weight A) with the content (weight B); set by the insert. */
  tsv: string;
  /** The id a vector came with that was computed elsewhere; null for chunks of files. */
  vector_id: ColumnType<string | null, string | undefined, never>;
  metadata: ColumnType<Record<string, unknown> | null, string | undefined, never>;
  /** False for a passage that its owner has switched off: it never answers. */
  enabled: Generated<boolean>;
  /** SHA-256 of what is embedded: title, headings and content. Null for vectors that came ready-made. */
  embedded_sha256: Uint8Array | null;
}

/** A stemmed word of the twin's chunks; the empty word counts the chunks themselves. Kept by triggers on `chunk`. */
export interface WordTable {
  twin_id: number;
  lexeme: string;
  /** Its place in `chunk_words.words`, from 1. */
  id: number;
  /** Chunks that hold it, those of hidden versions included. */
  chunk_count: number;
}

/** The document's side of BM25, one row a chunk. Kept by triggers on `chunk`. */
export interface ChunkWordsTable {
  twin_id: number;
  chunk_id: number;
  version_id: number;
  words: string;
  /** As in `chunk`. */
  enabled: Generated<boolean>;
  /** Ids of its words; negative once more for each word it says strongly. For the index alone. */
  keys: number[];
}

/** Shape of every `chunk_embedding_<model id>` table: narrow, so a scan of vectors reads no text. */
export interface ChunkEmbeddingTable {
  twin_id: number;
  chunk_id: number;
  version_id: number;
  embedding: string;
  /** As in `chunk`. */
  enabled: Generated<boolean>;
}

/** `expires_at` of the replaced app's three tables is UTC without a zone, as the replaced app declared it. */
export interface RateLimitsTable {
  twin_id: Generated<number>;
  key: string;
  count: number;
  /** Calls that the last statement let through. */
  granted: Generated<number>;
  expires_at: Date;
}

/** One bucket of calls per key, in a single number; see `takeFromBucket`. */
export interface RateBucketTable {
  twin_id: number;
  key: string;
  /** Microseconds since the epoch at which the bucket is full again. */
  tat: number;
  granted: number;
}

/** Named as `@upstash/ratelimit` names them. `token-bucket`: see `takeFromBucket`; `fixed-window`: see `checkRateLimit`. */
export type RateLimitAlgorithm = 'token-bucket' | 'fixed-window';

/** What the owner set in place of a policy's own numbers. */
export interface RateLimitSettingTable {
  twin_id: number;
  policy: string;
  call_limit: number;
  window_seconds: number;
  algorithm: Generated<RateLimitAlgorithm>;
}

export interface DatabaseCacheTable {
  twin_id: Generated<number>;
  key: string;
  value: string;
  expires_at: Date;
  /** Brought by an import, and not written since: the first to be evicted. */
  imported: Generated<boolean>;
}

/** Who computes a value that is about to be kept in the cache. */
export interface CacheLeaseTable {
  twin_id: number;
  key: string;
  holder: string;
  expires_at: Date;
}

export interface IngestionMetadataTable {
  twin_id: Generated<number>;
  id: string;
  user_id: string;
  document_count: number;
  documents: Json<unknown[]>;
  expires_at: Date;
  created_at: CreatedAt;
}

export interface Database {
  golden_question: GoldenQuestionTable;
  evaluation_run: EvaluationRunTable;
  evaluation_result: EvaluationResultTable;
  model_change: ModelChangeTable;
  twin: TwinTable;
  token_usage: TokenUsageTable;
  document: DocumentTable;
  collection: CollectionTable;
  collection_document: CollectionDocumentTable;
  document_tag: DocumentTagTable;
  blob: BlobTable;
  blob_part: BlobPartTable;
  document_version: DocumentVersionTable;
  document_text: DocumentTextTable;
  chunk: ChunkTable;
  word: WordTable;
  chunk_words: ChunkWordsTable;
  embedding_model: EmbeddingModelTable;
  vector_index_setting: VectorIndexSettingTable;
  vectors: VectorsView;
  rate_limits: RateLimitsTable;
  rate_bucket: RateBucketTable;
  rate_quota: RateBucketTable;
  rate_limit_setting: RateLimitSettingTable;
  database_cache: DatabaseCacheTable;
  cache_lease: CacheLeaseTable;
  ingestion_metadata: IngestionMetadataTable;
  share_link: ShareLinkTable;
  conversation: ConversationTable;
  message: MessageTable;
  turn_event: TurnEventTable;
  import_progress: ImportProgressTable;
  imported_item: ImportedItemTable;
}
