import type { Command } from 'commander';
import type { CommandAction } from './command-action.ts';

/** What shows the rate limits, and frees who has run into one. */
export function addLimitsCommands(program: Command, does: CommandAction): void {
  const limits = program.command('limits').description('show the rate limits, and free who has run into one');
  limits
    .command('list')
    .description('say which limits hold, and who is nearest to one')
    .action(does(async (env) => await (await import('./rate-limits.ts')).listLimits(env)));
  limits
    .command('show')
    .description('say how many calls are counted for one key, also one of your own code that calls checkRateLimit')
    .argument('<key>', 'as `limits list` shows it, or as your code names it')
    .action(does(async (env, key: string) => await (await import('./rate-limits.ts')).showLimitUse(env, key)));
  limits
    .command('reset')
    .description('free callers at once; a running server notices within a second')
    .argument('<what...>', 'keys as `limits list` shows them, or a limit’s name for everyone it counts')
    .addHelpText('after', limitsExamples)
    .action(does(async (env, what: string[]) => await (await import('./rate-limits.ts')).resetLimits(env, what)));
}

const limitsExamples = `
  npm run cli -- limits reset sign-in sign-in-day
      nobody can sign in any more: everyone may try again
  npm run cli -- limits reset sign-in:address:203.0.113.9
      one of them`;
