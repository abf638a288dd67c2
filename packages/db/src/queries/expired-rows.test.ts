import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { CleanupError, cleanupExpiredEntries } from './expired-rows.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.close());

const statements = [
  `insert into rate_limits (key, count, expires_at) values
    ('old', 1, now() at time zone 'utc' - interval '1 s'), ('new', 1, now() at time zone 'utc' + interval '1 min')`,
  ...['rate_bucket', 'rate_quota'].map(
    (table) => `insert into ${table} (twin_id, key, tat, granted) values
      (1, 'old', (extract(epoch from now() - interval '61 min') * 1000000)::bigint, 1),
      (1, 'new', (extract(epoch from now()) * 1000000)::bigint, 1)`,
  ),
  `insert into database_cache (key, value, expires_at) values
    ('old', '', now() at time zone 'utc' - interval '1 s'), ('new', '', now() at time zone 'utc' + interval '1 min')`,
  `insert into cache_lease (twin_id, key, holder, expires_at) values
    (1, 'old', '', now() - interval '1 s'), (1, 'new', '', now() + interval '1 min')`,
  `insert into ingestion_metadata (id, user_id, document_count, documents, expires_at) values
    ('old', '', 0, '[]', now() at time zone 'utc' - interval '1 s'),
    ('new', '', 0, '[]', now() at time zone 'utc' + interval '1 min')`,
  `insert into blob (twin_id, state, created_at) values
    (1, 'receiving', now() - interval '25 h'), (1, 'receiving', now() - interval '23 h'),
    (1, 'stored', now() - interval '25 h')`,
  `insert into document (twin_id, id, title, origin) values (1, 'kept', '', 'rest')`,
  `insert into document_version (twin_id, id, document_id, version_number, content_sha256, file_name, byte_size, stage, updated_at)
    select 1, n, 'kept', n, '', '', 0, stage, now() - age from (values
      (900, 'replaced', interval '31 d'), (901, 'replaced', interval '2 h'), (902, 'ready', interval '31 d')) v (n, stage, age)`,
  // Two hours after the version was replaced; those of the one that is live stay.
  `insert into chunk (twin_id, document_id, version_id, ordinal, start_offset, end_offset, content, token_count, tsv)
    select 1, 'kept', n, 0, 0, 1, 'x', 1, '' from (values (901), (902)) v (n)`,
  `insert into auth_verification (id, identifier, value, "expiresAt") values
    ('old', '', '', now() - interval '1 s'), ('new', '', '', now() + interval '1 min')`,
  `insert into auth_user (id, name, email, "emailVerified") values ('owner', '', 'owner@example.org', true)`,
  `insert into auth_session (id, token, "userId", "updatedAt", "expiresAt") values
    ('old', 'old', 'owner', now(), now() - interval '1 s'), ('new', 'new', 'owner', now(), now() + interval '1 min')`,
  `insert into conversation (twin_id, id, title, user_label, origin) values
    (1, '00000000-0000-4000-8000-000000000000', '', '', 'app')`,
  `insert into share_link (twin_id, id, name, token_hash, expires_at, revoked_at) values
    (1, '00000000-0000-4000-8000-00000000000a', 'open', repeat('a', 64), null, null),
    (1, '00000000-0000-4000-8000-00000000000b', 'revoked', repeat('b', 64), now() + interval '1 year', now() - interval '31 d'),
    (1, '00000000-0000-4000-8000-00000000000c', 'ended', repeat('c', 64), now() - interval '31 d', null),
    (1, '00000000-0000-4000-8000-00000000000d', 'just ended', repeat('d', 64), now() - interval '29 d', null)`,
  `insert into conversation (twin_id, title, user_label, origin, visitor_id, share_link_id, updated_at)
    select 1, '', '', 'visitor', gen_random_uuid(), '00000000-0000-4000-8000-00000000000a', now() - age
    from (values (interval '31 d'), (interval '29 d')) c (age)`,
  `insert into message (twin_id, conversation_id, ordinal, role, state, text, updated_at)
    select 1, '00000000-0000-4000-8000-000000000000', n, 'assistant', state, '', now() - age
    from (values (1, 'done', interval '2 d'), (2, 'done', interval '0'), (3, 'running', interval '2 d')) m (n, state, age)`,
  `insert into turn_event (twin_id, message_id, sequence, event) select twin_id, id, 1, '{}' from message`,
];

test('what has expired goes, and nothing else', async () => {
  for (const statement of statements) {
    await sql.raw(statement).execute(database.db);
  }

  const first = await cleanupExpiredEntries(database.db, database.scope);
  const second = await cleanupExpiredEntries(database.db, database.scope);

  expect(first).toEqual({
    rateLimits: 1,
    rateBuckets: 1,
    rateQuotas: 1,
    cacheEntries: 1,
    surplusCacheEntries: 0,
    cacheLeases: 1,
    ingestions: 1,
    unfinishedUploads: 1,
    turnEvents: 1,
    orphanChunks: 1,
    oldVersions: 1,
    visitorConversations: 1,
    endedShareLinks: 2,
    sessions: 1,
    verifications: 1,
  });
  const blobs = await database.db.selectFrom('blob').select('state').orderBy('state').execute();
  expect(blobs).toEqual([{ state: 'receiving' }, { state: 'stored' }]);
  expect(Object.values(second).every((count) => count === 0)).toBe(true);
});

test('a task that fails is told of, and keeps none of the others from being done', async () => {
  const { db, scope } = database;
  await sql`insert into database_cache (key, value, expires_at)
    values ('late', '', now() at time zone 'utc' - interval '1 s')`.execute(db);
  await sql`alter table rate_limits rename to rate_limits_away`.execute(db);
  const failed: unknown = await cleanupExpiredEntries(db, scope).catch((error: unknown) => error);
  await sql`alter table rate_limits_away rename to rate_limits`.execute(db);
  expect(failed).toBeInstanceOf(CleanupError);
  expect(failed).toMatchObject({ counts: { rateLimits: 0, cacheEntries: 1 }, failures: [{ task: 'rateLimits' }] });
});

test('a database that cannot be reached is not asked thirteen times', async () => {
  const gone = database.db.withPlugin({
    transformQuery: () => {
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  const failed: unknown = await cleanupExpiredEntries(gone, database.scope).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(CleanupError);
  expect(failed).toMatchObject({ counts: { rateLimits: 0, verifications: 0 }, failures: [{ task: 'rateLimits' }] });
});

test('more rows than a batch holds go in one call', async () => {
  await sql`insert into database_cache (key, value, expires_at)
    select 'k' || n, '', now() at time zone 'utc' - interval '1 s' from generate_series(1, 2500) n`.execute(
    database.db,
  );
  expect(await cleanupExpiredEntries(database.db, database.scope)).toMatchObject({ cacheEntries: 2500 });
});
