import type { DatabaseFacts } from '@twin/db/queries/database-facts';
import { expect, test } from 'vitest';
import { type DatabaseSetting, judgeDatabase } from './judge-database.ts';

const healthy: DatabaseFacts = {
  pendingMigrations: [],
  unknownMigrations: [],
  emptySpace: [],
  missingColumns: [],
  role: 'twin',
  encrypted: true,
  maxConnections: 100,
  usedConnections: 5,
  unsafeSettings: [],
  invalidIndexes: [],
  indexBuilds: [],
  unusedVectorIndexes: [],
  othersTables: [],
  bloatedTables: [],
  longRunning: [],
  slowStatements: [],
  databaseBytes: 50_000_000,
};
const server: DatabaseSetting = {
  home: 'server',
  serverVersion: '17.6',
  vectorVersion: '0.8.4',
  warnings: [],
  poolMax: 20,
  local: false,
  freeBytes: null,
};

test('a healthy database has nothing to be fixed', () => {
  const findings = judgeDatabase(server, healthy);
  expect(findings.filter(({ state, fix }) => state !== 'ok' || fix !== null)).toEqual([
    { check: 'disk', state: 'unknown', found: expect.stringContaining('cannot be seen'), fix: null },
  ]);
});

test('what cannot be looked at is said not to have been, and why', () => {
  const reasons = (['not-installed', 'not-loaded', 'not-allowed', 'failed'] as const).map((slowStatements) => {
    const findings = judgeDatabase(server, { ...healthy, slowStatements });
    return findings.find(({ check }) => check === 'slow statements');
  });
  expect(new Set(reasons.map((finding) => finding?.state))).toEqual(new Set(['unknown']));
  expect(new Set(reasons.map((finding) => finding?.found)).size).toBe(4);
});

test('an index that is being built is nothing to mend', () => {
  const indexBuilds = [{ table: 'chunk_embedding_1', phase: 'building index: loading tuples', done: 30, total: 120 }];
  const findings = judgeDatabase(server, { ...healthy, indexBuilds });
  expect(findings).toContainEqual({
    check: 'index builds',
    state: 'ok',
    found: 'one on chunk_embedding_1 is being built: building index: loading tuples, 25 %',
    fix: null,
  });
});

test.each<[string, Partial<DatabaseSetting>, Partial<DatabaseFacts>, string, string, RegExp]>([
  ['old pgvector', { warnings: ['Upgrade it.'] }, {}, 'versions', 'warning', /Upgrade/],
  ['an open wire', {}, { encrypted: false }, 'encryption', 'problem', /sslmode=verify-full/],
  ['a schema ahead', {}, { unknownMigrations: ['9999-x'] }, 'release', 'problem', /Update this copy/],
  [
    'a table and an index that are mostly empty',
    {},
    {
      emptySpace: [
        { kind: 'table', name: 'turn_event', bytes: 3e8, emptyBytes: 2e8 },
        { kind: 'index', name: 'rate_bucket_pkey', bytes: 1e8, emptyBytes: 9e7 },
      ],
    },
    'empty space',
    'warning',
    /VACUUM \(FULL, ANALYZE\) "turn_event";.*REINDEX INDEX CONCURRENTLY "rate_bucket_pkey";/,
  ],
  [
    'the same where nobody can give it statements',
    { home: 'embedded' },
    { emptySpace: [{ kind: 'table', name: 'turn_event', bytes: 3e8, emptyBytes: 2e8 }] },
    'empty space',
    'warning',
    /backup.*restore/,
  ],
  ['a schema behind', {}, { pendingMigrations: ['0099-x'] }, 'schema', 'problem', /init-db/],
  ['a lost column', {}, { missingColumns: ['word.id'] }, 'columns', 'problem', /ALTER TABLE "word" ADD COLUMN "id" …;/],
  ['a broken index', {}, { invalidIndexes: ['i'] }, 'indexes', 'problem', /REINDEX INDEX CONCURRENTLY "i"/],
  [
    'a table of another role',
    {},
    { othersTables: [{ name: 'chunk', owner: 'admin' }] },
    'ownership',
    'problem',
    /ALTER TABLE "chunk" OWNER TO "twin";/,
  ],
  ['an idle index', {}, { unusedVectorIndexes: [{ name: 'i', rows: 20_000 }] }, 'use of indexes', 'warning', /ANALYZE/],
  [
    'dead vectors',
    {},
    { bloatedTables: [{ name: 'chunk_embedding_1', deadRows: 50_000, liveRows: 1 }] },
    'dead rows',
    'warning',
    /npm run cli -- index/,
  ],
  ['too large a pool', { poolMax: 95 }, {}, 'connections', 'problem', /DATABASE_POOL_MAX to 90/],
  ['many connections', {}, { usedConnections: 85 }, 'connections', 'warning', /pg_stat_activity/],
  [
    'a forgotten transaction',
    {},
    { longRunning: [{ seconds: 90, state: 'active', query: 'q' }] },
    'long transactions',
    'warning',
    /pg_terminate_backend/,
  ],
  [
    'a slow statement',
    {},
    { slowStatements: [{ meanMs: 900, calls: 12, query: 'q' }] },
    'slow statements',
    'warning',
    /ANALYZE/,
  ],
  ['no fsync', {}, { unsafeSettings: ['fsync'] }, 'durability', 'warning', /postgresql.conf/],
  ['a full disk', { home: 'embedded', freeBytes: 1_000_000 }, {}, 'disk', 'problem', /Free some space/],
  ['a large folder', { home: 'embedded', freeBytes: 1e12 }, { databaseBytes: 5e9 }, 'disk', 'warning', /server/],
])('%s is found, with a fix', (_what, setting, facts, check, state, fix) => {
  const findings = judgeDatabase({ ...server, ...setting }, { ...healthy, ...facts });
  expect(findings.filter(({ state: found }) => found !== 'ok' && found !== 'unknown')).toEqual([
    { check, state, found: expect.any(String), fix: expect.stringMatching(fix) },
  ]);
});

test('of several findings of one kind each is named, and its fix', () => {
  const facts: DatabaseFacts = {
    ...healthy,
    invalidIndexes: ['a', 'b'],
    unusedVectorIndexes: [
      { name: 'c', rows: 20_000 },
      { name: 'd', rows: 30_000 },
    ],
    bloatedTables: [
      { name: 'chunk_embedding_1', deadRows: 50_000, liveRows: 1 },
      { name: 'chunk', deadRows: 40_000, liveRows: 2 },
      { name: 'message', deadRows: 30_000, liveRows: 3 },
    ],
    longRunning: [
      { seconds: 90, state: 'active', query: 'first query' },
      { seconds: 80, state: 'idle in transaction', query: 'second query' },
    ],
    slowStatements: [
      { meanMs: 900, calls: 12, query: 'slow one' },
      { meanMs: 800, calls: 11, query: 'slow two' },
    ],
  };
  const findings = new Map(
    judgeDatabase({ ...server, warnings: ['Upgrade it.', 'And that.'] }, facts).map(({ check, found, fix }) => [
      check,
      `${found} ${fix}`,
    ]),
  );
  expect(findings.get('versions')).toMatch(/Upgrade it\. And that\./);
  expect(findings.get('indexes')).toMatch(/a, b.*CONCURRENTLY "a"; REINDEX INDEX CONCURRENTLY "b";/);
  expect(findings.get('use of indexes')).toMatch(/c over 20000 rows; d over 30000 rows/);
  expect(findings.get('dead rows')).toMatch(/50000 dead.*40000 dead.*30000 dead/);
  expect(findings.get('dead rows')).toMatch(/-- index\..*VACUUM ANALYZE "chunk"; VACUUM ANALYZE "message";/);
  expect(findings.get('long transactions')).toMatch(/first query.*second query/);
  expect(findings.get('slow statements')).toMatch(/slow one.*slow two/);
});
