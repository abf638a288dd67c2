import type { Generated, GeneratedAlways } from 'kysely';
import type { CreatedAt } from './column-types.ts';

/** One embedding model and width. Its vectors live in the table `chunk_embedding_<id>`. */
export interface EmbeddingModelTable {
  id: Generated<number>;
  provider: string;
  name: string;
  dimensions: number;
  state: 'active' | 'building' | 'retired';
  retired_at: Date | null;
  /** When it was last taken up to be filled, or a batch of its vectors was stored on the way. */
  filled_at: Generated<Date>;
  created_at: CreatedAt;
}

/** Which kind of index vectors are to have, where it is not the usual one: one row or none. */
export interface VectorIndexSettingTable {
  is_only: Generated<boolean>;
  kind: 'hnsw' | 'ivfflat';
}

/** The replaced app's table, now a view over live chunks and the active model's vectors. */
export interface VectorsView {
  id: GeneratedAlways<string>;
  embedding: GeneratedAlways<string>;
  content: GeneratedAlways<string>;
  metadata: GeneratedAlways<unknown>;
  twin_id: GeneratedAlways<number>;
}
