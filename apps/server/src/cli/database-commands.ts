import type { VectorIndexKind } from '@twin/db/vector';
import { type Command, Option } from 'commander';
import type { CommandAction } from './command-action.ts';

/** What looks after the schema and the index. */
export function addDatabaseCommands(program: Command, does: CommandAction): void {
  program
    .command('init-db')
    .description('create the schema, or bring it up to date; doing it again changes nothing')
    .addHelpText('after', initExamples)
    .action(
      does(
        async (env) => await (await import('./initialize-configured-database.ts')).initializeConfiguredDatabase(env),
      ),
    );

  program
    .command('cleanup-db')
    .description('delete expired rows and what unfinished work left behind, as a running server does every hour')
    .addHelpText('after', cleanupExamples)
    .action(does(async (env) => await (await import('./clean-up-database.ts')).cleanUpDatabase(env)));

  program
    .command('doctor')
    .description('examine the database and say how to fix what is wrong; changes nothing')
    .addHelpText('after', doctorExamples)
    .action(
      does(async (env) => await (await import('./examine-configured-database.ts')).examineConfiguredDatabase(env)),
    );

  program
    .command('index')
    .description('build the index on the vectors anew; a running server goes on answering')
    .addOption(new Option('--kind <kind>', 'and from now on of this kind').choices(['hnsw', 'ivfflat']))
    .addHelpText('after', indexExamples)
    .action(
      does(
        async (env, options: { kind?: VectorIndexKind }) =>
          await (await import('./rebuild-vector-index.ts')).rebuildVectorIndex(env, options),
      ),
    );

  program
    .command('create-api-key')
    .description('make a key that acts for the owner, and print it once')
    .argument('<name>', 'what the key is for')
    .addHelpText('after', keyExamples)
    .action(does(async (env, name: string) => await (await import('./create-api-key.ts')).createApiKey(env, name)));
}

const indexExamples = `
\`doctor\` and Admin say when it is time: many vectors were deleted, or searches
find too few of the nearest.

  npm run cli -- index                   the same kind anew
  npm run cli -- index --kind ivfflat    built in a tenth of the time, searched
                                         more slowly; build it again as it grows
  npm run cli -- index --kind hnsw       back to the usual one`;

const initExamples = `
A starting server does the same. By itself it is for an update at a time of your
own, or for a role that may create tables where the server's may not.`;

const cleanupExamples = `
Not needed beside a running server. It ends with 3 when a part failed; the
others are done.

  15 3 * * *  cd /opt/digital-twin && npm run cleanup-db    in a crontab`;

const doctorExamples = `
Ends with 3 when there is a problem; a warning alone is 0.

  npm run cli -- doctor
  npm run --silent cli -- doctor --json | jq '.findings[] | select(.fix)'`;

const keyExamples = `
It goes into the header \`Authorization: Bearer <key>\`.

  npm run cli -- create-api-key prometheus`;
