import type { ColumnType } from 'kysely';

/** Where an import from elsewhere stands; the cursor is written with the page before it. */
export interface ImportProgressTable {
  twin_id: number;
  source: string;
  pass: number;
  cursor: string | null;
  done: boolean;
  updated_at: ColumnType<Date, Date | undefined, Date>;
}

/** What came from elsewhere, and what became of it. */
export interface ImportedItemTable {
  twin_id: number;
  source: string;
  item_id: string;
  outcome: string;
  target_id: string | null;
  checksum: Uint8Array;
  pass: number;
  /** Of a value of the cache. */
  expires_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
}
