import type { Command } from 'commander';
import type { CommandAction } from './command-action.ts';
import type { ImportUpstashOptions } from './import-upstash.ts';

/** What takes over data from elsewhere. */
export function addImportCommands(program: Command, does: CommandAction): void {
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
}

const importExamples = `
Reads UPSTASH_VECTOR_REST_URL and _TOKEN, UPSTASH_REDIS_REST_URL and _TOKEN;
either pair is enough, and so are read-only tokens. Stop it whenever you like:
the next run goes on where it was. Run it again later: only what has changed is
written.

  npm run cli -- import upstash --dry-run    what would become of what
  npm run cli -- import upstash              import, then compare both sides
  npm run cli -- import upstash --yes        the same without a question, e.g.
                                             before the cut-over`;
