import type { Command } from 'commander';
import type { CommandAction } from './command-action.ts';

/** What writes everything into a file, and reads it back. */
export function addBackupCommands(program: Command, does: CommandAction): void {
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
}

const backupExamples = `
The file is the same for both homes of the database: it is also the way from
one to the other. A server's database may be in use meanwhile.

  npm run cli -- backup twin.gz
  npm run cli -- backup twin.enc --encrypt         by BACKUP_PASSPHRASE
  DATA_DIR=./new npm run cli -- restore twin.gz    into a new folder
  DATABASE_URL=postgres://… npm run cli -- restore twin.gz
                                                   to a server: the way to grow`;
