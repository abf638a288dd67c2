import { type PGlite, protocol } from '@electric-sql/pglite';
import type { HostCommand, QueryResults } from './wire.ts';

type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number];
type Query = Omit<Extract<HostCommand, { kind: 'query' }>, 'kind'>;

interface Statement {
  name: string;
  parameterTypes: number[];
  fields: QueryResults['fields'];
}

/** More than the product has in use at a time; each takes 35 kB of the engine's memory on average. */
const STATEMENTS_MAX = 200;
/** What is longer is made for its values, as for many rows at once, and seldom comes again. */
const TEXT_LENGTH_MAX = 16_384;
/** A plan is for tables of the size they had. Statistics renew it too, though only some time after a table has grown. */
const USES_MAX = 100;

/** Such a one may begin with a comment that names it. */
const isPlanned = /^\s*(?:\/\*(?:(?!\*\/).)*\*\/\s*)?(?:select|insert|update|delete|merge|with|values)\b/is;
const changesSchema = /\b(?:create|alter|drop|rollback|discard|deallocate)\b|^\s*do\b/i;

const { serialize, messages } = protocol;

/**
 * Runs statements that are parsed and planned once and then kept, as a connection to a server would by name: parsing and
 * planning cost WebAssembly more than most statements themselves (docs/decisions/0300-kept-statements.md).
 */
export class PreparedStatements {
  readonly #pglite: PGlite;
  /** By text, the one that was used longest ago first. */
  readonly #kept = new Map<string, Statement & { uses: number }>();
  #unused: Statement[] = [];
  #lastName = 0;

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  /** Whether `run` takes it: one statement that reads or writes rows. */
  static takes(text: string): boolean {
    return text.length <= TEXT_LENGTH_MAX && isPlanned.test(text);
  }

  /** Runs another statement. Where it may change what columns the kept ones give, these are forgotten: also those that were sent before it. */
  async beside<Result>(text: string, run: () => Promise<Result>): Promise<Result> {
    if (!changesSchema.test(text)) return await run();
    this.forget();
    try {
      return await run();
    } finally {
      this.forget();
    }
  }

  /** Every statement is planned anew. Due after a rollback too, which takes columns away and brings others back. */
  forget(): void {
    this.#unused.push(...this.#kept.values());
    this.#kept.clear();
  }

  /** One statement, as PGlite's own `query` would run it: alone, or in the transaction that is open. */
  async run({ transactionId, text, values, rowMode }: Query): Promise<QueryResults> {
    const runNow = async () =>
      await this.#pglite.runExclusive(async () => resultsOf(await this.#send(text, values), this.#pglite, rowMode));
    if (transactionId !== null) return await runNow();
    // oxlint-disable no-underscore-dangle -- what its own `query` holds while it runs has no other name.
    return await this.#pglite._runExclusiveTransaction(async () => {
      await this.#pglite._checkReady();
      // oxlint-enable no-underscore-dangle
      return await runNow();
    });
  }

  async #send(text: string, values: readonly unknown[]): Promise<{ statement: Statement; answer: Message[] }> {
    try {
      const statement = await this.#find(text);
      const bound = values.map((value, index) => this.#serialize(value, statement.parameterTypes[index]));
      await this.#exchange(serialize.bind({ statement: statement.name, values: bound }));
      return { statement, answer: await this.#exchange(serialize.execute({})) };
    } catch (error) {
      // It may be the plan that does not fit any more: the next use makes another.
      this.#drop(text);
      throw error;
    } finally {
      await this.#exchange(serialize.sync());
    }
  }

  async #find(text: string): Promise<Statement> {
    if ((this.#kept.get(text)?.uses ?? 0) >= USES_MAX) this.#drop(text);
    const known = this.#kept.get(text);
    this.#kept.delete(text);
    await this.#dropUnused();
    const statement = known ?? { ...(await this.#prepare(text)), uses: 0 };
    statement.uses += 1;
    this.#kept.set(text, statement);
    return statement;
  }

  #drop(text: string): void {
    const statement = this.#kept.get(text);
    this.#kept.delete(text);
    if (statement !== undefined) this.#unused.push(statement);
  }

  async #dropUnused(): Promise<void> {
    for (const text of this.#kept.keys()) {
      if (this.#kept.size < STATEMENTS_MAX) break;
      this.#drop(text);
    }
    for (const { name } of this.#unused.splice(0)) await this.#exchange(serialize.close({ type: 'S', name }));
  }

  async #prepare(text: string): Promise<Statement> {
    this.#lastName += 1;
    const name = `kept_${this.#lastName}`;
    await this.#exchange(serialize.parse({ name, text }));
    const described = await this.#exchange(serialize.describe({ type: 'S', name }));
    const parameters = described.find((message) => message instanceof messages.ParameterDescriptionMessage);
    const row = described.find((message) => message instanceof messages.RowDescriptionMessage);
    return {
      name,
      parameterTypes: parameters?.dataTypeIDs ?? [],
      fields: (row?.fields ?? []).map(({ name: column, dataTypeID }) => ({ name: column, dataTypeID })),
    };
  }

  #serialize(value: unknown, type: number | undefined): string | null {
    if (value === null || value === undefined) return null;
    const serializer = type === undefined ? undefined : this.#pglite.serializers[type];
    if (serializer !== undefined) return serializer(value);
    return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string'
      ? String(value)
      : JSON.stringify(value);
  }

  async #exchange(message: Uint8Array): Promise<Message[]> {
    // Nothing to be written out by itself: files are written as they are changed.
    return await this.#pglite.execProtocolStream(message, { syncToFs: false });
  }
}

function resultsOf(
  { statement, answer }: { statement: Statement; answer: Message[] },
  { parsers }: PGlite,
  rowMode: Query['rowMode'],
): QueryResults {
  const { fields } = statement;
  const rows: unknown[] = [];
  let affectedRows = 0;
  for (const message of answer) {
    if (message instanceof messages.DataRowMessage) {
      const row = message.fields.map((text, index) => {
        const type = fields[index]?.dataTypeID;
        const parse = type === undefined ? undefined : parsers[type];
        return text === null || parse === undefined ? text : (parse(text, type) as unknown);
      });
      rows.push(rowMode === 'array' ? row : Object.fromEntries(fields.map(({ name }, index) => [name, row[index]])));
    } else if (message instanceof messages.CommandCompleteMessage) {
      affectedRows = affectedBy(message.text);
    }
  }
  return { rows, fields, affectedRows };
}

/** Of `INSERT 0 5` five, of `SELECT 5` none. */
function affectedBy(command: string): number {
  return command.startsWith('SELECT') ? 0 : Number(command.split(' ').at(-1));
}
