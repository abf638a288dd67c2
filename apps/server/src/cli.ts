import process from 'node:process';
import { Command } from 'commander';
import { cleanUpDatabase } from './cli/clean-up-database.ts';
import { createApiKey } from './cli/create-api-key.ts';
import { initializeConfiguredDatabase } from './cli/initialize-configured-database.ts';
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

/** Prints what the command says it did, or what is wrong and what to do. */
async function run(command: (env: ReturnType<typeof loadEnv>) => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${await command(loadEnv())}\n`);
  } catch (error) {
    process.stderr.write(describeFailure('This did not work.', error));
    process.exitCode = exitCodeOf(error);
  }
}

await program.parseAsync();
