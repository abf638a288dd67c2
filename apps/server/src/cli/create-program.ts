import { Command } from 'commander';
import { addBackupCommands } from './backup-commands.ts';
import type { CommandAction } from './command-action.ts';
import { addDatabaseCommands } from './database-commands.ts';
import { addEvaluationCommands } from './evaluation-commands.ts';
import { addImportCommands } from './import-commands.ts';
import { addLimitsCommands } from './limits-commands.ts';
import { addModelCommands } from './model-commands.ts';
import { runCommand } from './run-command.ts';

const about = `
The database is the one the server uses: DATABASE_URL, or the folder DATA_DIR.
The settings come from the environment and from .env. A folder is open to one
process at a time: stop the server before a command that needs it.

Exit codes: 0 done, 1 failed, 2 another process stands in the way (it has the
data folder open, or does the same), 3 done and something was found.

With --json standard output is always one JSON value; of a failure
{ error: { code, problems } }. How far long work is goes to standard error.

  npm run cli -- doctor            what is wrong, and how to mend it
  npm run --silent cli -- doctor --json | jq .findings
  npm run cli -- backup --help     more about one command`;

export const seeHelp = 'Add --help to see how it is used.';

/**
 * Every command, with a help that shows how it is used.
 *
 * @param configure sets what holds for all of them.
 */
export function createProgram(configure: (program: Command) => void = () => undefined): Command {
  const program = new Command('npm run cli --')
    .description('Looks after the database of a Digital Twin.')
    .option('--json', 'print the result as JSON')
    .showHelpAfterError(seeHelp)
    .addHelpText('after', about);
  configure(program);
  const does: CommandAction =
    (command) =>
    async (...args) =>
      await runCommand(program.opts<{ json?: boolean }>().json === true, async (env) => await command(env, ...args));
  addDatabaseCommands(program, does);
  addBackupCommands(program, does);
  addLimitsCommands(program, does);
  addModelCommands(program, does);
  addEvaluationCommands(program, does);
  addImportCommands(program, does);
  return program;
}
