import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { openEmbedded } from '../../embedded/open-embedded.ts';
import { migrateToLatest } from '../../migrate.ts';
import type { Database } from '../../schema.ts';

/**
 * Migrates the database it is given (an address or a data folder) and kills itself: right after its nth statement, or
 * right after the one that notes a migration of this name as done.
 */
const [target = '', dieAfter = '0'] = process.argv.slice(2);
let statements = 0;
const dialect = target.startsWith('postgres')
  ? new PostgresDialect({ pool: new Pool({ connectionString: target }) })
  : new PGliteDialect({ pglite: (await openEmbedded(target)).postgres });
const db = new Kysely<Database>({
  dialect,
  log: ({ query }) => {
    statements += 1;
    const isNoted = query.sql.startsWith('insert') && query.parameters.includes(dieAfter);
    if (isNoted || statements === Number(dieAfter)) {
      process.kill(process.pid, 'SIGKILL');
    }
  },
});
await migrateToLatest(db);
console.log(statements);
process.exit(0);
