import { type Kysely, sql } from 'kysely';

const columns = `(
    twin_id integer not null,
    key text not null,
    -- Microseconds since the epoch at which the bucket is full again.
    tat bigint not null,
    -- Calls that the last statement let through: with it, the statement's own clock can be read back from tat.
    granted integer not null,
    primary key (twin_id, key)
  ) with (fillfactor = 50)`;

const statements = [
  // No index but the key: an update then changes no index and reuses the space of dead versions in its page.
  // Unlogged: a crash of the database empties it, which gives every caller one fresh burst and loses nothing else.
  `create unlogged table rate_bucket ${columns}`,
  // Logged: what was used of a day must survive a crash.
  `create table rate_quota ${columns}`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
