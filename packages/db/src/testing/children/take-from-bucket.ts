import { sql } from 'kysely';
import { openDatabase } from '../../client.ts';
import { takeFromBucket } from '../../queries/rate-buckets.ts';
import { LOCAL_TWIN_ID, mintTwinScope } from '../../scope.ts';

/** Asks for more than a bucket holds, over twenty connections, once the parent lets go of advisory lock 1. */
const [connectionString = '', key = '', burst = '0', nowMicros = '0'] = process.argv.slice(2);
const { db, close } = await openDatabase({ home: 'server', connectionString, poolMax: 20 });
const scope = mintTwinScope(LOCAL_TWIN_ID);
const bucket = { table: 'rate_bucket', key, burst: Number(burst), intervalMicros: 1_000_000 } as const;
console.log('ready');
await sql`select pg_advisory_lock_shared(1)`.execute(db);
const calls = Array.from({ length: bucket.burst * 2 }, async () => {
  return await takeFromBucket(db, scope, bucket, { nowMicros: Number(nowMicros) });
});
const taken = await Promise.all(calls);
console.log(`granted ${taken.reduce((sum, { granted }) => sum + granted, 0)}`);
await close();
