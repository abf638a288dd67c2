import type { VectorIndexKind } from '@twin/db/vector';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Env } from '../env.ts';
import type { ImportUpstashOptions } from './import-upstash.ts';
import { runCommand } from './run-command.ts';
import type { DataSetOptions } from './run-data-set.ts';
import type { GoldenOptions } from './run-golden-questions.ts';
import type { CommandResult } from './terminal.ts';

const about = `
The database is the one the server uses: DATABASE_URL, or the folder DATA_DIR. The settings come from the environment and
from .env. A folder is open to one process at a time: stop the server before a command that needs it.

Exit codes: 0 done, 1 failed, 2 the data folder is in use, 3 done and something was found.`;

/** Every command, with a help that shows how it is used. */
export function createProgram(): Command {
  const program = new Command('npm run cli --')
    .description('Looks after the database of a Digital Twin.')
    .option('--json', 'print the result as JSON')
    .showHelpAfterError('Add --help to see how it is used.')
    .addHelpText('after', about);
  /** A command's action: its arguments, then its options. Each loads what it needs, so that help comes at once. */
  const does =
    <T extends unknown[]>(command: (env: Env, ...args: T) => Promise<CommandResult>) =>
    async (...args: T) =>
      await runCommand(program.opts<{ json?: boolean }>().json === true, async (env) => await command(env, ...args));

  program
    .command('init-db')
    .description('create the schema, or bring it up to date; doing it again changes nothing')
    .action(
      does(
        async (env) => await (await import('./initialize-configured-database.ts')).initializeConfiguredDatabase(env),
      ),
    );

  program
    .command('cleanup-db')
    .description('delete expired rows and what unfinished work left behind, as a running server does every hour')
    .action(does(async (env) => await (await import('./clean-up-database.ts')).cleanUpDatabase(env)));

  program
    .command('doctor')
    .description('examine the database and say how to fix what is wrong; changes nothing')
    .action(does(async (env) => await (await import('./examine-database.ts')).examineDatabase(env)));

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
    .action(does(async (env, name: string) => await (await import('./create-api-key.ts')).createApiKey(env, name)));

  program
    .command('backup')
    .alias('export')
    .description('write everything the database holds to one file, as it is at one moment')
    .argument('<file>', 'the file to make, e.g. twin-backup.gz')
    .option('--encrypt', 'encrypt it with BACKUP_PASSPHRASE, or with one typed in')
    .addHelpText('after', backupExamples)
    .action(
      does(
        async (env, file: string, options: { encrypt?: boolean }) =>
          await (await import('./back-up-database.ts')).backUpDatabase(env, file, options),
      ),
    );

  program
    .command('restore')
    .description('fill an empty database from a backup; all of it arrives, or nothing')
    .argument('<file>', 'a file that `backup` made, in either home of the database')
    .addHelpText('after', backupExamples)
    .action(
      does(async (env, file: string) => await (await import('./restore-database.ts')).restoreDatabase(env, file)),
    );

  const limits = program.command('limits').description('shows the rate limits, and frees who has run into one');
  limits
    .command('list')
    .description('say which limits hold, and who is nearest to one')
    .action(does(async (env) => await (await import('./rate-limits.ts')).listLimits(env)));
  limits
    .command('reset')
    .description('free callers at once; a running server notices within a second')
    .argument('<what...>', 'keys as `limits list` shows them, or a limit’s name for everyone it counts')
    .addHelpText('after', limitsExamples)
    .action(does(async (env, what: string[]) => await (await import('./rate-limits.ts')).resetLimits(env, what)));

  const model = program.command('model').description('changes the embedding model without a pause');
  model
    .command('install')
    .description("install what runs an embedding model on this machine's CPU (470 MB), and fetch one when it is named")
    .argument('[name]', 'a model of the Hugging Face hub, e.g. Xenova/bge-small-en-v1.5')
    .action(
      does(
        async (env, name: string | undefined) =>
          await (await import('./install-transformer.ts')).installTransformer(env, name),
      ),
    );
  model
    .command('switch')
    .description('embed the library with the configured model beside the old one, compare them, and switch')
    .action(does(async (env) => await (await import('./embedding-model.ts')).switchModel(env)));
  model
    .command('status')
    .description('say which model answers, and how far others are filled')
    .action(does(async (env) => await (await import('./embedding-model.ts')).describeModels(env)));
  model
    .command('rollback')
    .description('go back to the model that answered before')
    .action(does(async (env) => await (await import('./embedding-model.ts')).rollBackModel(env)));

  const evaluation = program.command('eval').description('measures how well questions are found and answered');
  evaluation
    .command('run')
    .description('measure on a judged data set, in a database made for it and removed afterwards')
    .argument('<folder>', 'holds corpus.jsonl, queries.jsonl and qrels.tsv')
    .option('--off-topic <folder>', 'a data set about other things, whose questions should be refused')
    .option('--library <folder>', 'keep the library there, embedded, and search it again next time')
    .option('--limit <count>', 'ask the first questions only', toCount)
    .action(
      does(
        async (env, folder: string, options: DataSetOptions) =>
          await (await import('./run-data-set.ts')).runDataSet(env, folder, options),
      ),
    );

  evaluation
    .command('golden')
    .description("ask the twin's golden questions and keep the run; an embedded database must not be in use")
    .option('--fail-below <measure=share...>', 'fail when a measure comes out below, such as ndcg=0.8')
    .action(
      does(
        async (env, options: GoldenOptions) =>
          await (await import('./run-golden-questions.ts')).runGoldenQuestions(env, options),
      ),
    );

  const imports = program.command('import').description('take over data from elsewhere');
  imports
    .command('upstash')
    .description('take over vectors, cached values, rate limits and ingestion records from Upstash, which is only read')
    .option('--dry-run', 'show what would be done, and write nothing')
    .option('--yes', 'do not ask')
    .option('--rate-limit-prefix <prefix...>', 'the keys of rate limits start with this and a colon')
    .option('--ingestion-prefix <prefix...>', 'the keys of ingestion records start with this and a colon')
    .addHelpText('after', importExamples)
    .action(
      does(
        async (env, options: ImportUpstashOptions) =>
          await (await import('./import-upstash.ts')).importUpstash(env, options),
      ),
    );
  imports
    .command('archive')
    .description('the same as restore')
    .argument('<file>', 'a file that `backup` or `export` made')
    .action(
      does(async (env, file: string) => await (await import('./restore-database.ts')).restoreDatabase(env, file)),
    );
  return program;
}

function toCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It is not a whole number above 0.');
  return Number(text);
}

const indexExamples = `
\`doctor\` and Admin say when it is time: many vectors were deleted, or searches find too few of the nearest.

  npm run cli -- index                   the same kind anew
  npm run cli -- index --kind ivfflat    built in a tenth of the time, searched more slowly; build it again as it grows
  npm run cli -- index --kind hnsw       back to the usual one`;

const limitsExamples = `
  npm run cli -- limits reset sign-in sign-in-day            nobody can sign in any more: everyone may try again
  npm run cli -- limits reset sign-in:address:203.0.113.9    one of them`;

const backupExamples = `
The file is the same for both homes of the database: it is also the way from one to the other.

  npm run cli -- backup twin.gz                               a running server goes on, where there is a DATABASE_URL
  npm run cli -- backup twin.enc --encrypt                    with BACKUP_PASSPHRASE from .env, or typed in
  DATA_DIR=./new npm run cli -- restore twin.gz               into a new folder
  DATABASE_URL=postgres://… npm run cli -- restore twin.gz    from the folder to a server: the way to grow`;

const importExamples = `
Reads UPSTASH_VECTOR_REST_URL and _TOKEN, UPSTASH_REDIS_REST_URL and _TOKEN; either pair is enough, and so are read-only
tokens. Stop it whenever you like: the next run goes on where it was. Run it again later: only what has changed is written.

  npm run cli -- import upstash --dry-run    what would become of what
  npm run cli -- import upstash              import, then compare both sides
  npm run cli -- import upstash --yes        the same without a question, e.g. for the last pass before cutting over`;
