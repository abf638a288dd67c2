import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, type Results, type Transaction } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { createLeftoverCollector } from '../leftover-collector.ts';
import { SEARCH_SETTINGS } from '../search-settings.ts';
import { startHousekeeping } from './housekeeping.ts';
import { PreparedStatements } from './prepared-statements.ts';
import { createSpaceGuard } from './space-guard.ts';
import { BYTEA_OID, embeddedParsers, embeddedSerializers } from './value-codecs.ts';
import { type HostCommand, type HostReply, type HostRequest, type QueryResults, toWireError } from './wire.ts';

/*
 * The thread that hosts the embedded Postgres. WebAssembly Postgres runs synchronously: on the main thread one slow
 * query would stop every timer, socket and health check.
 */

interface Engine {
  pglite: PGlite;
  statements: PreparedStatements;
}

interface OpenTransaction {
  tx: Transaction;
  /** Settled by `end`: resolve to commit, reject to roll back. */
  ended: PromiseWithResolvers<void>;
  closed: Promise<void>;
}

/** Thrown inside PGlite's transaction callback to make it roll back. */
class RollbackRequest extends Error {}

if (parentPort === null) {
  throw new Error('This module runs in a worker thread');
}
const port = parentPort;
const { directory } = workerData as { directory: string };

/**
 * Written when a folder is created. What the operating system caches need not be cached here again (measured: 150 MB less
 * resident memory than with the default of 128 MB, scans no slower), and the log is reused early.
 */
const ENGINE_SETTINGS = ['shared_buffers = 32MB', 'max_wal_size = 256MB', 'min_wal_size = 64MB'];

const assertRoom = createSpaceGuard(dirname(directory));
const collectLeftovers = createLeftoverCollector();
const transactions = new Map<number, OpenTransaction>();
let closing = false;
const listeners = new Map<number, () => Promise<void>>();

function post(reply: HostReply, transfer: ArrayBuffer[] = []): void {
  port.postMessage(reply, transfer);
}

try {
  const pglite = await PGlite.create({
    dataDir: directory,
    postgresqlconf: ENGINE_SETTINGS,
    extensions: { vector },
    parsers: embeddedParsers,
    serializers: embeddedSerializers,
  });
  for (const [name, value] of Object.entries(SEARCH_SETTINGS)) {
    await pglite.exec(`set ${name} = ${value}`);
  }
  const engine = { pglite, statements: new PreparedStatements(pglite) };
  const stopHousekeeping = startHousekeeping(pglite);
  port.on('message', (request: HostRequest) => {
    if (request.kind === 'close') stopHousekeeping();
    void answer(engine, request);
  });
  post({ kind: 'ready' });
} catch (error) {
  post({ kind: 'failed-to-open', error: toWireError(error) });
}

async function answer(engine: Engine, request: HostRequest): Promise<void> {
  try {
    const value = await run(engine, request);
    post({ kind: 'result', id: request.id, value }, request.kind === 'query' ? byteBuffers(value as QueryResults) : []);
    if (request.kind === 'close') {
      port.close();
    }
  } catch (error) {
    post({ kind: 'error', id: request.id, error: toWireError(error) });
    if (error instanceof Error && error.name === 'RuntimeError') {
      // WebAssembly trapped: the engine's memory is in an unknown state. Let the thread die; the next start replays the log.
      throw error;
    }
  }
}

async function run({ pglite, statements }: Engine, command: HostCommand): Promise<unknown> {
  switch (command.kind) {
    case 'query': {
      assertRoom(command.text, command.values);
      const target = command.transactionId === null ? pglite : findTransaction(command.transactionId).tx;
      try {
        if (PreparedStatements.takes(command.text)) return await statements.run(command);
        const run = () => target.query(command.text, command.values, { rowMode: command.rowMode });
        return plainResults(await statements.beside(command.text, run));
      } finally {
        collectLeftovers(command.values);
        freeBytes(command.values);
      }
    }
    case 'exec':
      assertRoom(command.text, []);
      return (await statements.beside(command.text, () => pglite.exec(command.text))).map(plainResults);
    case 'begin':
      return await begin(pglite, command.transactionId);
    case 'end':
      return await end(statements, command.transactionId, command.commit);
    case 'listen': {
      const { listenerId } = command;
      const stop = await pglite.listen(command.channel, (payload) =>
        post({ kind: 'notification', listenerId, payload }),
      );
      listeners.set(listenerId, stop);
      return undefined;
    }
    case 'unlisten': {
      const stop = listeners.get(command.listenerId);
      listeners.delete(command.listenerId);
      return await stop?.();
    }
    case 'close':
      return await close(pglite);
  }
}

/** PGlite waits for a transaction to end, and after this nothing can end one any more: those that are open are rolled back. */
async function close(pglite: PGlite): Promise<void> {
  closing = true;
  for (const { ended } of transactions.values()) {
    ended.reject(new RollbackRequest());
  }
  await pglite.close();
}

/** PGlite's own `transaction` holds its mutex throughout, so no other statement slips in between. */
async function begin(pglite: PGlite, transactionId: number): Promise<void> {
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const closed = pglite.transaction(async (tx) => {
    if (closing) throw new Error('The embedded database is closed');
    transactions.set(transactionId, { tx, ended, closed });
    begun.resolve();
    await ended.promise;
  });
  // A failed `begin` rejects here; a later failure belongs to `end`, which awaits `closed` itself.
  closed.catch(begun.reject);
  await begun.promise;
}

async function end(statements: PreparedStatements, transactionId: number, commit: boolean): Promise<void> {
  const transaction = findTransaction(transactionId);
  transactions.delete(transactionId);
  if (commit) {
    transaction.ended.resolve();
  } else {
    statements.forget();
    transaction.ended.reject(new RollbackRequest());
  }
  try {
    await transaction.closed;
  } catch (error) {
    // A commit that failed was a rollback.
    statements.forget();
    if (!(error instanceof RollbackRequest)) {
      throw error;
    }
  }
}

function findTransaction(transactionId: number): OpenTransaction {
  const transaction = transactions.get(transactionId);
  if (transaction === undefined) {
    throw new Error('The transaction has already ended');
  }
  return transaction;
}

function plainResults({ rows, fields, affectedRows }: Results<unknown>): QueryResults {
  return {
    rows,
    fields: fields.map(({ name, dataTypeID }) => ({ name, dataTypeID })),
    ...(affectedRows === undefined ? {} : { affectedRows }),
  };
}

/** Gives the memory of parameters back, which the main thread has handed over. */
function freeBytes(values: readonly unknown[]): void {
  for (const value of values) {
    if (value instanceof Uint8Array && value.buffer instanceof ArrayBuffer) value.buffer.transfer(0);
  }
}

/** The memory of every bytea in a result, handed to the main thread instead of being copied. */
function byteBuffers({ rows, fields }: QueryResults): ArrayBuffer[] {
  if (!fields.some((field) => field.dataTypeID === BYTEA_OID)) {
    return [];
  }
  return rows
    .flatMap((row) => Object.values(row as object))
    .filter((value): value is Uint8Array<ArrayBuffer> => value instanceof Uint8Array)
    .map((bytes) => bytes.buffer);
}
