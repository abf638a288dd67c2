import type { PGliteQueryResults } from 'kysely';

/** What the main thread asks of the thread that hosts the database. `id` pairs a reply with its request. */
export type HostRequest = { id: number } & HostCommand;

export type HostCommand =
  | { kind: 'query'; transactionId: number | null; text: string; values: unknown[]; rowMode: 'array' | 'object' }
  | { kind: 'exec'; text: string }
  /** Replies once `begin` has run; the transaction then holds the database alone until its `end`. */
  | { kind: 'begin'; transactionId: number }
  | { kind: 'end'; transactionId: number; commit: boolean }
  | { kind: 'listen'; listenerId: number; channel: string }
  | { kind: 'unlisten'; listenerId: number }
  | { kind: 'close' };

export type HostReply =
  | { kind: 'ready' }
  | { kind: 'failed-to-open'; error: WireError }
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'error'; id: number; error: WireError }
  | { kind: 'notification'; listenerId: number; payload: string };

export type QueryResults = Omit<PGliteQueryResults<unknown>, 'blob'>;

/**
 * Copies each byte array once, into memory that can be handed over: cloning a view would copy the whole buffer it
 * looks into, and handing over the caller's own buffer would empty it.
 */
export function ownBytes(values: unknown[]): { values: unknown[]; buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = [];
  const owned = values.map((value) => {
    if (!(value instanceof Uint8Array)) {
      return value;
    }
    const copy = new Uint8Array(value);
    buffers.push(copy.buffer);
    return copy;
  });
  return { values: owned, buffers };
}

/** An error as plain data: a structured clone of an Error would drop everything but its message. */
export interface WireError {
  message: string;
  stack: string | undefined;
  /** SQLSTATE; absent when the error did not come from Postgres. */
  code?: string | undefined;
  severity?: string | undefined;
  detail?: string | undefined;
  hint?: string | undefined;
  position?: string | undefined;
  where?: string | undefined;
  schema?: string | undefined;
  table?: string | undefined;
  column?: string | undefined;
  constraint?: string | undefined;
  routine?: string | undefined;
}

const FIELDS = [
  'code',
  'severity',
  'detail',
  'hint',
  'position',
  'where',
  'schema',
  'table',
  'column',
  'constraint',
  'routine',
] as const;

/** Parameters and query text stay behind: they may hold a person's documents, and errors get logged. */
export function toWireError(error: unknown): WireError {
  if (!(error instanceof Error)) {
    return { message: wordsOfThrown(error), stack: undefined };
  }
  const wire: WireError = { message: error.message, stack: error.stack };
  for (const field of FIELDS) {
    const value: unknown = Reflect.get(error, field);
    if (typeof value === 'string') {
      wire[field] = value;
    }
  }
  return wire;
}

/** WASI's number for a disk without room. */
const NO_SPACE = 51;

/** The engine's file system throws objects that are no errors: `{ name: 'ErrnoError', errno }`. */
function wordsOfThrown(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null || !('errno' in thrown)) return String(thrown);
  return thrown.errno === NO_SPACE ? 'no room is left on the disk' : `file error ${String(thrown.errno)}`;
}

/** An error of the embedded Postgres, with the fields node-postgres gives its errors. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: string | undefined;
  readonly severity: string | undefined;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  readonly position: string | undefined;
  readonly where: string | undefined;
  readonly schema: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;
  readonly routine: string | undefined;

  constructor(wire: WireError) {
    super(wire.message);
    for (const field of FIELDS) {
      this[field] = wire[field];
    }
  }
}
