import process from 'node:process';
import { AppError } from '@twin/core/app-error';
import { Command, InvalidArgumentError } from 'commander';
import { cleanUpDatabase } from './cli/clean-up-database.ts';
import { createApiKey } from './cli/create-api-key.ts';
import { initializeConfiguredDatabase } from './cli/initialize-configured-database.ts';
import { type DataSetOptions, runDataSet } from './cli/run-data-set.ts';
import { loadEnv } from './env.ts';
import { describeFailure, exitCodeOf } from './start-report.ts';

const program = new Command('twin').description('Looks after the database of a Digital Twin.');

program
  .command('init-db')
  .description('create the schema, or bring it up to date')
  .action(() => run(initializeConfiguredDatabase));

program
  .command('cleanup-db')
  .description('delete expired rows and what unfinished uploads left behind')
  .action(() => run(cleanUpDatabase));

program
  .command('create-api-key')
  .description('make a key that acts for the owner, and print it once')
  .argument('<name>', 'what the key is for')
  .action((name: string) => run((env) => createApiKey(env, name)));

const evaluation = program.command('eval').description('measures how well questions are found and answered');

evaluation
  .command('run')
  .description('measure on a judged data set, in a database made for it and removed afterwards')
  .argument('<folder>', 'holds corpus.jsonl, queries.jsonl and qrels.tsv')
  .option('--off-topic <folder>', 'a data set about other things, whose questions should be refused')
  .option('--library <folder>', 'keep the library there, embedded, and search it again next time')
  .option('--limit <count>', 'ask the first questions only', toCount)
  .option('--json', 'print everything, question by question')
  .action((folder: string, options: DataSetOptions) => run((env) => runDataSet(env, folder, options)));

function toCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It is not a whole number above 0.');
  return Number(text);
}

/** Prints what the command says it did, or what is wrong and what to do. */
async function run(command: (env: ReturnType<typeof loadEnv>) => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${await command(loadEnv())}\n`);
  } catch (error) {
    // An AppError's message says by itself what is wrong and what to do.
    const foreseen = error instanceof AppError && error.code !== 'internal';
    process.stderr.write(foreseen ? `${error.message}\n` : describeFailure('This did not work.', error));
    process.exitCode = exitCodeOf(error);
  }
}

await program.parseAsync();
