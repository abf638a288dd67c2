/** A vector as Upstash Vector gives it back. */
export interface SourceVector {
  id: string;
  /** Absent in an index that keeps sparse vectors alone. */
  vector?: number[];
  metadata?: Record<string, unknown>;
  data?: string;
}

export interface VectorSourceInfo {
  dimension: number;
  /** COSINE, EUCLIDEAN or DOT_PRODUCT. */
  similarityFunction: string;
  /** The model that the index embeds with by itself, when it does. */
  embeddingModel?: string;
  /** Vectors by namespace; the default one is named by the empty text. */
  namespaces: { name: string; vectorCount: number }[];
}

/** An Upstash Vector index, to be read and never written to. */
export interface VectorSource {
  /** Its host, by which an import knows it again. */
  readonly name: string;
  info(): Promise<VectorSourceInfo>;
  /** A page with vectors, metadata and data; `nextCursor` is empty behind the last one. */
  range(namespace: string, cursor: string, limit: number): Promise<{ vectors: SourceVector[]; nextCursor: string }>;
  /** In the order asked for; null for what is not there. */
  fetch(namespace: string, ids: readonly string[]): Promise<(SourceVector | null)[]>;
  /** Ids of the nearest vectors, the best first. */
  query(namespace: string, vector: readonly number[], topK: number): Promise<string[]>;
}

/** A key of Upstash Redis. Only the value of a string or a hash is read. */
export interface SourceKey {
  key: string;
  /** Redis' name of its type. */
  type: string;
  /** Milliseconds it has left to live; null when it does not expire. */
  ttlMs: number | null;
  value: string | Record<string, string> | null;
}

/** An Upstash Redis database, to be read and never written to. */
export interface KeySource {
  readonly name: string;
  countKeys(): Promise<number>;
  /** A page of keys; `nextCursor` is `0` behind the last one. Keys may come more than once. */
  scan(cursor: string, limit: number): Promise<{ keys: string[]; nextCursor: string }>;
  /** In the order asked for, without those that have gone meanwhile. */
  read(keys: readonly string[]): Promise<SourceKey[]>;
  /** Keys by chance, some of them perhaps twice. */
  sampleKeys(count: number): Promise<string[]>;
}
