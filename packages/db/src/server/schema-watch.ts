import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { listUnknownMigrations } from '../migrate.ts';
import { postgresErrorCode } from '../postgres-error.ts';
import { aroundQueries } from './around-queries.ts';

/**
 * What a statement meets where another release has changed what it names: a table, column, function or constraint (class
 * 42), a column that has to be given or a value that is not taken any more, a prepared statement whose result is another.
 */
const otherSchemaStates = /^(?:42\w{3}|23502|23514|0A000)$/;
/** Many statements fail at once then: one look tells for all of them. */
const lookAgainMs = 1_000;
/** The look needs a connection, and whoever waits for it may hold the last one. */
const lookMsMax = 1_000;
const look = 'select name from kysely_migration';

const ofNewerSchema = new WeakSet<Error>();

/** True when a statement failed because a newer release has changed the schema under this process: only an update helps. */
export function isOfNewerSchema(error: unknown): boolean {
  return error instanceof Error && ofNewerSchema.has(error);
}

interface SchemaWatch {
  /** For each connection of the pool. */
  watch: (client: PoolClient) => void;
  hasFailed: () => boolean;
}

/** Finds out of a statement that fails by what it names whether a newer release is why, before its caller is told. */
export function createSchemaWatch(pool: Pool): SchemaWatch {
  let looked: { at: number; found: Promise<boolean> } | undefined;
  let failed = false;
  const isNewer = async () => {
    const now = performance.now();
    if (looked === undefined || now - looked.at > lookAgainMs) looked = { at: now, found: hasUnknownMigrations(pool) };
    return await Promise.race([looked.found, delay(lookMsMax, false, { ref: false })]);
  };
  return {
    watch(client) {
      aroundQueries(client, async (send, input) => {
        try {
          return await send(...input);
        } catch (error) {
          const isOfSchema = error instanceof Error && otherSchemaStates.test(postgresErrorCode(error) ?? '');
          if (isOfSchema && input[0] !== look && (await isNewer())) {
            failed = true;
            ofNewerSchema.add(error);
          }
          throw error;
        }
      });
    },
    hasFailed: () => failed,
  };
}

async function hasUnknownMigrations(pool: Pool): Promise<boolean> {
  return await pool.query<{ name: string }>(look).then(
    ({ rows }) => listUnknownMigrations(rows.map(({ name }) => name)).length > 0,
    () => false,
  );
}
