import { Worker } from 'node:worker_threads';
import type { PGlite, PGliteQueryOptions, PGliteQueryResults, PGliteTransaction } from 'kysely';
import { EmbeddedDatabaseError, type HostCommand, type HostReply, type HostRequest, ownBytes } from './wire.ts';

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * The main thread's end of the embedded Postgres: the part of PGlite's surface that Kysely and the job queue use.
 * Statements run one at a time, in the order they were sent; a transaction runs alone.
 *
 * When the hosting thread dies, every call under way and every later one rejects, and `lost` resolves.
 */
export class EmbeddedPostgres implements PGlite {
  readonly waitReady: Promise<void>;
  /** Resolves with the reason once the hosting thread has died unasked. Nothing can be answered after that. */
  readonly lost: Promise<Error>;
  #ready = false;
  #closing = false;
  #closed = false;
  #lostReason: Error | undefined;
  #lastId = 0;
  #announceLoss: (reason: Error) => void;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Map<number, (payload: string) => void>();

  /**
   * @param directory an absolute path, which this process alone may open: hold the data folder's lock.
   * @param hostModule what the thread runs; tests give one that dies.
   */
  constructor(directory: string, hostModule: URL = new URL('./host.ts', import.meta.url)) {
    const opened = Promise.withResolvers<void>();
    const lost = Promise.withResolvers<Error>();
    this.waitReady = opened.promise;
    // Whoever opens the database awaits this; the copy nobody awaits must not end the process.
    this.waitReady.catch(() => undefined);
    this.lost = lost.promise;
    this.#announceLoss = lost.resolve;
    this.#worker = new Worker(hostModule, { workerData: { directory } });
    this.#worker.on('message', (reply: HostReply) => this.#receive(reply, opened));
    this.#worker.on('error', (error) => this.#lose(error, opened.reject));
    this.#worker.on('exit', (code) => this.#lose(new Error(`its thread ended with code ${code}`), opened.reject));
  }

  get ready(): boolean {
    return this.#ready && !this.#closing;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Runs one statement. `parsers` and `serializers` cannot cross the thread and are ignored. */
  async query<T>(text: string, values: unknown[] = [], options?: PGliteQueryOptions): Promise<PGliteQueryResults<T>> {
    return await this.#query<T>(null, text, values, options);
  }

  /** Runs any number of statements without parameters, as one unit that nothing interrupts; one result for each. */
  async exec(text: string): Promise<PGliteQueryResults<Record<string, unknown>>[]> {
    return (await this.#request({ kind: 'exec', text })) as PGliteQueryResults<Record<string, unknown>>[];
  }

  /**
   * Runs `callback` in a transaction that holds the database alone; commits when it resolves, rolls back when it
   * rejects. Statements sent outside `tx` meanwhile wait for the end: awaiting one inside the callback never returns.
   */
  async transaction<T>(callback: (tx: PGliteTransaction) => Promise<T>): Promise<T> {
    const transactionId = ++this.#lastId;
    try {
      await this.#request({ kind: 'begin', transactionId });
    } catch (error) {
      // Kysely waits for its callback to be called, even when the transaction could not begin.
      const refuse = async (): Promise<never> => {
        throw error;
      };
      await callback({ query: refuse, rollback: refuse });
      throw error;
    }
    let result: T;
    let isOpen = true;
    try {
      result = await callback({
        query: async (text, values, options) => await this.#query(transactionId, text, values ?? [], options),
        rollback: async () => {
          isOpen = false;
          await this.#request({ kind: 'end', transactionId, commit: false });
        },
      });
    } catch (error) {
      if (isOpen) {
        await this.#request({ kind: 'end', transactionId, commit: false }).catch(() => undefined);
      }
      throw error;
    }
    if (isOpen) {
      await this.#request({ kind: 'end', transactionId, commit: true });
    }
    return result;
  }

  /** Calls `listener` for every NOTIFY on `channel` until the returned function is called. */
  async listen(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>> {
    const listenerId = ++this.#lastId;
    this.#listeners.set(listenerId, listener);
    try {
      await this.#request({ kind: 'listen', listenerId, channel });
    } catch (error) {
      this.#listeners.delete(listenerId);
      throw error;
    }
    return async () => {
      this.#listeners.delete(listenerId);
      await this.#request({ kind: 'unlisten', listenerId });
    };
  }

  /** Waits for the statements sent before, rolls open transactions back, writes everything out and ends the thread. Later calls reject. */
  async close(): Promise<void> {
    if (this.#closing || this.#lostReason !== undefined) {
      return;
    }
    const answered = this.#request({ kind: 'close' });
    this.#closing = true;
    try {
      await answered;
    } finally {
      this.#closed = true;
      await this.#worker.terminate();
    }
  }

  async #query<T>(
    transactionId: number | null,
    text: string,
    values: unknown[],
    options: PGliteQueryOptions | undefined,
  ): Promise<PGliteQueryResults<T>> {
    const { values: owned, buffers } = ownBytes(values);
    const rowMode = options?.rowMode ?? 'object';
    const command: HostCommand = { kind: 'query', transactionId, text, values: owned, rowMode };
    return (await this.#request(command, buffers)) as PGliteQueryResults<T>;
  }

  async #request(command: HostCommand, transfer: ArrayBuffer[] = []): Promise<unknown> {
    if (this.#lostReason !== undefined) {
      throw this.#lostReason;
    }
    if (this.#closing) {
      throw new Error('The embedded database is closed');
    }
    const id = ++this.#lastId;
    const request: HostRequest = { ...command, id };
    // Throws for a value that cannot be cloned. That request is not under way, or its answer would be waited for forever.
    this.#worker.postMessage(request, transfer);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#pending.set(id, { resolve, reject });
    return await promise;
  }

  #receive(reply: HostReply, opened: PromiseWithResolvers<void>): void {
    switch (reply.kind) {
      case 'ready':
        this.#ready = true;
        opened.resolve();
        return;
      case 'failed-to-open':
        this.#lose(new EmbeddedDatabaseError(reply.error), opened.reject);
        return;
      case 'notification':
        this.#listeners.get(reply.listenerId)?.(reply.payload);
        return;
      case 'result':
        this.#take(reply.id)?.resolve(reply.value);
        return;
      case 'error':
        this.#take(reply.id)?.reject(new EmbeddedDatabaseError(reply.error));
    }
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #lose(cause: Error, rejectOpening: (error: Error) => void): void {
    // Once a close is answered nothing is pending; nobody may have heard of the answer yet when the thread ends.
    const isAnswered = this.#closing && this.#pending.size === 0;
    if (isAnswered || this.#lostReason !== undefined) {
      return;
    }
    const reason = new Error(`The embedded database has stopped: ${cause.message}`, { cause });
    this.#lostReason = reason;
    rejectOpening(reason);
    for (const pending of this.#pending.values()) {
      pending.reject(reason);
    }
    this.#pending.clear();
    this.#announceLoss(reason);
    void this.#worker.terminate();
  }
}
