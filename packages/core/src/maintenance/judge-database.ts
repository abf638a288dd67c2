import type { DatabaseFacts, StatementsUnknown } from '@twin/db/queries/database-facts';
import { countOf } from '../count-of.ts';

/**
 * One check's outcome. A `problem` wants something done; a `warning` wants to be known; of what is `unknown` nothing can be
 * seen from here.
 */
export interface Finding {
  check: string;
  state: 'ok' | 'unknown' | 'warning' | 'problem';
  found: string;
  /** What to do; null when there is nothing. */
  fix: string | null;
}

export interface DatabaseSetting {
  home: 'embedded' | 'server';
  serverVersion: string;
  vectorVersion: string;
  /** What opening the database warned of. */
  warnings: readonly string[];
  poolMax: number;
  /** True when the server is reached over the loopback interface or a socket. */
  local: boolean;
  /** Free bytes where the embedded database lives; null for a server, whose disk cannot be seen from here. */
  freeBytes: number | null;
}

const freeBytesMin = 2 * 1024 ** 3;
/** Connections that other programs, migrations and the job queue want beside the pool. */
const spareConnections = 10;
/** The embedded database compares all vectors, on one connection: beyond this a server answers faster. */
const embeddedBytesMax = 4 * 1024 ** 3;

/** Judges what was found, in the order a person would look. */
export function judgeDatabase(setting: DatabaseSetting, facts: DatabaseFacts): Finding[] {
  return [
    judgeVersions(setting),
    judgeEncryption(setting, facts),
    judge('schema', facts.pendingMigrations, 'is up to date', 'problem', {
      found: (names) =>
        names.length < 4
          ? `lacks ${names.join(', ')}`
          : `lacks ${names.length} of this release's steps, ${names[0]} to ${names.at(-1)}`,
      fix: () => 'Run: npm run cli -- init-db',
    }),
    ...judgeRelease(facts),
    judge('columns', facts.missingColumns, 'are all there', 'problem', {
      found: (names) =>
        `the schema was changed by something else than this app’s migrations: it lacks ${names.join(', ')}`,
      fix: fixMissingColumns,
    }),
    judge('ownership', facts.othersTables, 'every table is of this role', 'problem', {
      found: (tables) =>
        each(tables, ({ name, owner }) => `${name} belongs to ${owner}, so an update cannot change it`),
      fix: (tables) =>
        `As an administrator, run: ${tables.map(({ name }) => `ALTER TABLE "${name}" OWNER TO "${facts.role}";`).join(' ')}`,
    }),
    judge('indexes', facts.invalidIndexes, 'are all valid', 'problem', {
      found: (names) => `not valid: ${names.join(', ')}`,
      fix: (names) =>
        `As the role of this database, run: ${names.map((name) => `REINDEX INDEX CONCURRENTLY "${name}";`).join(' ')}`,
    }),
    ...judgeIndexBuilds(facts),
    judge('use of indexes', facts.unusedVectorIndexes, 'nothing speaks against it', 'warning', {
      found: (indexes) =>
        `never used since the statistics began: ${each(indexes, ({ name, rows }) => `${name} over ${countOf(rows, 'row')}`)}`,
      fix: () =>
        'Run: ANALYZE; and look again after some searches. If it stays unused, report it with the output of doctor --json.',
    }),
    judgeDeadRows(facts),
    judgeEmptySpace(setting, facts),
    judgeConnections(setting, facts),
    judge('long transactions', facts.longRunning, 'there are none', 'warning', {
      found: (transactions) => each(transactions, ({ state, seconds, query }) => `${state} for ${seconds} s: ${query}`),
      fix: () =>
        'See what it waits for in pg_stat_activity; while it lasts, dead rows cannot be removed. pg_terminate_backend ends it.',
    }),
    judgeSlowStatements(facts),
    judge('durability', facts.unsafeSettings, 'nothing is traded for speed', 'warning', {
      found: (names) => `off: ${names.join(', ')}; a power cut may lose or damage data`,
      fix: () =>
        setting.home === 'embedded'
          ? 'Make backups (npm run cli -- backup), or move to a server: docs/deployment.md.'
          : 'Turn them on in postgresql.conf.',
    }),
    judgeDisk(setting, facts),
  ];
}

/** Said only where it matters: nothing else that this release says of the schema then is the whole truth. */
function judgeRelease({ unknownMigrations }: DatabaseFacts): Finding[] {
  if (unknownMigrations.length === 0) return [];
  const found = `a newer release has changed the schema (${unknownMigrations.join(', ')}): this one refuses to start on it`;
  return [{ check: 'release', state: 'problem', found, fix: 'Update this copy of Digital Twin.' }];
}

function judge<T>(
  check: string,
  items: T[],
  whenNone: string,
  state: 'warning' | 'problem',
  words: { found: (items: T[]) => string; fix: (items: T[]) => string },
): Finding {
  if (items.length === 0) return { check, state: 'ok', found: whenNone, fix: null };
  return { check, state, found: words.found(items), fix: words.fix(items) };
}

/** All of them, apart. */
function each<T>(items: readonly T[], describe: (item: T) => string): string {
  return items.map(describe).join('; ');
}

function fixMissingColumns(names: string[]): string {
  const statements = names.map((name) => {
    const [table, column] = name.split('.', 2);
    return `ALTER TABLE "${table}" ADD COLUMN "${column}" …;`;
  });
  return `As the role of this database, add them with the types that docs/reference-lists.md names: ${statements.join(' ')} Or restore a backup from before the change.`;
}

function fixDeadRows(tables: DatabaseFacts['bloatedTables']): string {
  const isOfVectors = ({ name }: { name: string }) => name.startsWith('chunk_embedding_');
  const others = tables.filter((table) => !isOfVectors(table)).map(({ name }) => `VACUUM ANALYZE "${name}";`);
  return [
    ...(tables.some(isOfVectors)
      ? ['Run: npm run cli -- index. It builds the index anew before it removes dead rows, which is many times faster.']
      : []),
    ...(others.length === 0 ? [] : [`Run: ${others.join(' ')} and see that autovacuum is on.`]),
  ].join(' ');
}

function judgeDeadRows({ bloatedTables }: DatabaseFacts): Finding {
  return judge('dead rows', bloatedTables, 'are few', 'warning', {
    found: (tables) =>
      each(
        tables,
        ({ name, deadRows, liveRows }) => `${name} holds ${deadRows} dead rows beside ${liveRows} live ones`,
      ),
    fix: fixDeadRows,
  });
}

function judgeEmptySpace(setting: DatabaseSetting, { emptySpace }: DatabaseFacts): Finding {
  return judge('empty space', emptySpace, 'is little', 'warning', {
    found: (relations) =>
      each(
        relations,
        ({ kind, name, bytes, emptyBytes }) =>
          `of ${inMegabytes(bytes)} of the ${kind} ${name} some ${inMegabytes(emptyBytes)} are empty`,
      ),
    fix: (relations) => fixEmptySpace(setting, relations),
  });
}

/** Nothing is wrong, and new rows fill it again: the room is wanted back, or it is not. */
function fixEmptySpace({ home }: DatabaseSetting, relations: DatabaseFacts['emptySpace']): string {
  if (home === 'embedded') {
    return 'New rows fill it again. To have it back: npm run cli -- backup, and restore into a new folder (DATA_DIR).';
  }
  const statements = relations.map(({ kind, name }) =>
    kind === 'table' ? `VACUUM (FULL, ANALYZE) "${name}";` : `REINDEX INDEX CONCURRENTLY "${name}";`,
  );
  const locks = relations.some(({ kind }) => kind === 'table')
    ? ' VACUUM FULL keeps everybody from the table while it lasts, and wants room for what is left of it.'
    : '';
  return `New rows fill it again. To have it back, as the role of this database: ${statements.join(' ')}${locks}`;
}

function inMegabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2).toLocaleString('en-US')} MB`;
}

function judgeVersions({ home, serverVersion, vectorVersion, warnings }: DatabaseSetting): Finding {
  const found = `Postgres ${serverVersion}, pgvector ${vectorVersion}, ${home === 'server' ? 'a server' : 'embedded'}`;
  if (warnings.length === 0) return { check: 'versions', state: 'ok', found, fix: null };
  return { check: 'versions', state: 'warning', found, fix: warnings.join(' ') };
}

function judgeEncryption({ local }: DatabaseSetting, { encrypted }: DatabaseFacts): Finding {
  const check = 'encryption';
  if (encrypted === true) return { check, state: 'ok', found: 'the connection is encrypted', fix: null };
  if (encrypted === null || local)
    return { check, state: 'ok', found: 'the connection stays on this machine', fix: null };
  const fix = 'Add ?sslmode=verify-full to DATABASE_URL, with &sslrootcert=… for an authority of your own.';
  return { check, state: 'problem', found: 'the connection leaves this machine unencrypted', fix };
}

/** Said only while there is one: it explains an index that is missing, and a database that is slower for a while. */
function judgeIndexBuilds({ indexBuilds }: DatabaseFacts): Finding[] {
  if (indexBuilds.length === 0) return [];
  const share = ({ done, total }: { done: number; total: number }) =>
    total === 0 ? '' : `, ${Math.floor((100 * done) / total)} %`;
  const found = each(
    indexBuilds,
    (build) => `one on ${build.table || 'a table of another role'} is being built: ${build.phase}${share(build)}`,
  );
  return [{ check: 'index builds', state: 'ok', found, fix: null }];
}

const statementsUnknown: Record<StatementsUnknown, string> = {
  'not-installed': 'not recorded: the extension pg_stat_statements is not installed in this database',
  'not-loaded': 'not recorded: pg_stat_statements is installed, but not among shared_preload_libraries',
  'not-allowed': 'not looked at: this role may not read pg_stat_statements',
  failed: 'not looked at: reading pg_stat_statements failed',
};

function judgeSlowStatements({ slowStatements }: DatabaseFacts): Finding {
  const check = 'slow statements';
  if (typeof slowStatements === 'string') {
    return { check, state: 'unknown', found: statementsUnknown[slowStatements], fix: null };
  }
  return judge(check, slowStatements, 'there are none', 'warning', {
    found: (statements) =>
      each(
        statements,
        ({ meanMs, calls, query }) => `${meanMs.toFixed(0)} ms on average over ${countOf(calls, 'call')}: ${query}`,
      ),
    fix: () => 'Run: ANALYZE; what stays slow, send with the output of doctor --json.',
  });
}

function judgeConnections(
  { home, poolMax }: DatabaseSetting,
  { maxConnections, usedConnections }: DatabaseFacts,
): Finding {
  const check = 'connections';
  if (home === 'embedded') return { check, state: 'ok', found: 'one, in this process', fix: null };
  const found = `${usedConnections} of ${maxConnections} in use, the pool opens up to ${poolMax}`;
  if (poolMax + spareConnections > maxConnections) {
    const fix = `Set DATABASE_POOL_MAX to ${Math.max(2, maxConnections - spareConnections)} or less, or raise max_connections.`;
    return { check, state: 'problem', found, fix };
  }
  if (usedConnections > 0.8 * maxConnections) {
    return { check, state: 'warning', found, fix: 'See who holds them in pg_stat_activity, or raise max_connections.' };
  }
  return { check, state: 'ok', found, fix: null };
}

function judgeDisk({ home, freeBytes }: DatabaseSetting, { databaseBytes }: DatabaseFacts): Finding {
  const check = 'disk';
  const size = `the database has ${inMegabytes(databaseBytes)}`;
  if (freeBytes === null) {
    return {
      check,
      state: 'unknown',
      found: `${size}; how much is free on the server's disk cannot be seen`,
      fix: null,
    };
  }
  const found = `${size}, ${inMegabytes(freeBytes)} are free`;
  if (freeBytes < freeBytesMin) {
    return { check, state: 'problem', found, fix: 'Free some space, or move DATA_DIR to a larger disk.' };
  }
  if (home === 'embedded' && databaseBytes > embeddedBytesMax) {
    return { check, state: 'warning', found, fix: 'A server answers faster at this size: docs/deployment.md.' };
  }
  return { check, state: 'ok', found, fix: null };
}
