import type { Generated } from 'kysely';
import type { CreatedAt } from './column-types.ts';

/** Documents that belong together, by their owner's choice; a document may be in any number. */
export interface CollectionTable {
  twin_id: number;
  id: Generated<string>;
  /** Unique in the twin, whatever its case. */
  name: string;
  created_at: CreatedAt;
}

export interface CollectionDocumentTable {
  twin_id: number;
  collection_id: string;
  document_id: string;
}

export interface DocumentTagTable {
  twin_id: number;
  document_id: string;
  tag: string;
}
