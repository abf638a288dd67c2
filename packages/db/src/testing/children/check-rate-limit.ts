import { sql } from 'kysely';
import { openDatabase } from '../../client.ts';
import { checkRateLimit } from '../../queries/rate-limits.ts';
import { LOCAL_TWIN_ID, mintTwinScope } from '../../scope.ts';

/** Asks for more than a window holds, over twenty connections, once the parent lets go of advisory lock 1. */
const [connectionString = '', key = '', limit = '0'] = process.argv.slice(2);
const { db, close } = await openDatabase({ home: 'server', connectionString, poolMax: 20 });
const scope = mintTwinScope(LOCAL_TWIN_ID);
const window = { key, limit: Number(limit), windowSeconds: 600 };
console.log('ready');
await sql`select pg_advisory_lock_shared(1)`.execute(db);
const calls = Array.from({ length: window.limit * 2 }, async () => await checkRateLimit(db, scope, window));
const taken = await Promise.all(calls);
console.log(`granted ${taken.filter(({ allowed }) => allowed).length}`);
await close();
