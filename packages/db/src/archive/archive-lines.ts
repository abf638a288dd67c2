/*
 * An archive is lines of text. A line that starts with # is about the archive: its head, the table that follows, its end.
 * Any other line is a row as Postgres writes it in JSON, which no program in between reads: nothing is lost by passing
 * through other number or date types, and both homes read it back into the types their columns have.
 */

export const ARCHIVE_VERSION = 1;

export interface ArchiveHead {
  format: 'digital-twin-archive';
  version: number;
  /** The schema its rows fit. */
  migrations: string[];
  createdAt: string;
}

export interface ArchiveTable {
  table: string;
}

export interface ArchiveEnd {
  /** Rows by table. */
  rows: Record<string, number>;
  /** Of all lines before this one, each with its line break. */
  sha256: string;
}

export type ArchiveMark = ArchiveHead | ArchiveTable | ArchiveEnd;

export function markLine(mark: ArchiveMark): string {
  return `#${JSON.stringify(mark)}`;
}

/** Undefined for a row. */
export function readMark(line: string): ArchiveMark | undefined {
  return line.startsWith('#') ? (JSON.parse(line.slice(1)) as ArchiveMark) : undefined;
}
