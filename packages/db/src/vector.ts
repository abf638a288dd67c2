import { type RawBuilder, sql } from 'kysely';
import { toSql } from 'pgvector';
import type { DatabaseHome } from './client.ts';

/*
 * The only place that spells pgvector's types, operators and limits.
 */

/** The most dimensions an HNSW index of half-precision vectors can hold. */
const HALFVEC_INDEX_DIMENSIONS_MAX = 4_000;
/** What fits a page beside the other columns. */
const PLAIN_BYTES_MAX = 8_008;

export interface VectorStorage {
  columnType: RawBuilder<unknown>;
  /** `plain` keeps a vector in its row: a scan then reads no TOAST, and the planner sees the table's true size. */
  storage: RawBuilder<unknown>;
  /** Column and operator class for an HNSW index; undefined where every search compares all vectors. */
  index: RawBuilder<unknown> | undefined;
}

/**
 * How vectors of one width are kept.
 *
 * On a server: half precision (same recall as single, half the memory), indexed from the start. An HNSW index made on an
 * empty table stays good as it grows, and there is never a long build that blocks writers; it takes some 400 inserts a
 * second, more than an embedding model delivers.
 *
 * Embedded: single precision (WebAssembly has no half-precision hardware, which makes an index build eleven times slower)
 * and no index. An insert into one would hold the only connection for 3 to 7 ms a chunk of 256 dimensions. Comparing all
 * vectors finds exactly the nearest, at 1.2 to 1.8 µs each for 384 dimensions and 4.5 µs for 1,536: a tenth of a second for
 * the tens of thousands of chunks a person has. Beyond 100,000 a server is the better home.
 */
export function vectorStorage(home: DatabaseHome, dimensions: number): VectorStorage {
  const half = home === 'server';
  const bytes = 8 + dimensions * (half ? 2 : 4);
  const indexed = half && dimensions <= HALFVEC_INDEX_DIMENSIONS_MAX;
  return {
    columnType: sql.raw(`${half ? 'halfvec' : 'vector'}(${dimensions})`),
    storage: sql.raw(bytes <= PLAIN_BYTES_MAX ? 'plain' : 'external'),
    index: indexed ? sql.raw('embedding halfvec_cosine_ops') : undefined,
  };
}

/**
 * `hnsw`: a graph, which may be made on an empty table and grows with it. `ivfflat`: lists around centres that a build finds
 * among the rows that are there: built in a tenth of the time, searched in several times as long, and worse with every row
 * that comes later.
 */
export type VectorIndexKind = 'hnsw' | 'ivfflat';

/** Below, a search compares all vectors whatever index there is, and centres would be found among too few. */
export const IVFFLAT_ROWS_MIN = 5_000;

/** As pgvector advises: a list a thousand rows, and the root of the rows beyond a million. */
export function ivfflatLists(rows: number): number {
  return Math.round(rows <= 1_000_000 ? Math.max(1, rows / 1_000) : Math.sqrt(rows));
}

/** What follows `using` where an index is made over so many rows. */
export function indexDefinition(kind: VectorIndexKind, column: RawBuilder<unknown>, rows: number): RawBuilder<unknown> {
  if (kind === 'hnsw') return sql`hnsw (${column})`;
  return sql`ivfflat (${column}) with (lists = ${sql.lit(ivfflatLists(rows))})`;
}

/** Memory that the build of an HNSW index takes: half-precision vectors, and their links in some 450 bytes each. */
export function graphBytes(dimensions: number, rows: number): number {
  return rows * (2 * dimensions + 450);
}

/** Cosine distance between a vector column and a vector: 0 for the same direction, 2 for the opposite, NaN for a zero vector. */
export function cosineDistance(column: string, embedding: Float32Array): RawBuilder<number> {
  return sql<number>`${sql.ref(column)} <=> ${toSql(Array.from(embedding))}`;
}

/** The same between two vector columns. */
export function cosineDistanceOf(one: string, other: string): RawBuilder<number> {
  return sql<number>`${sql.ref(one)} <=> ${sql.ref(other)}`;
}

/**
 * The text a vector column reads, with the nine digits that a number of single precision has: all seventeen of the double it
 * becomes here would make half as many bytes again to send and to parse.
 *
 * @throws RangeError when a component is not finite: Postgres would name no row.
 */
export function vectorText(embedding: Float32Array): string {
  if (!embedding.every(Number.isFinite)) {
    throw new RangeError('An embedding has a component that is not a finite number');
  }
  return `[${Array.from(embedding, (component) => component.toPrecision(9)).join(',')}]`;
}

/** True when a vector has no direction, so nothing is near it. */
export function isZeroVector(embedding: Float32Array): boolean {
  return embedding.every((component) => component === 0);
}
