import process from 'node:process';
import { CommanderError } from 'commander';
import type { Failure } from '../start-report.ts';
import { createProgram, seeHelp } from './create-program.ts';
import { toJson } from './run-command.ts';

/** Runs the command line. With `--json` what the parser itself has to say, a refusal or help, is one JSON value as well. */
export async function runProgram(args: readonly string[]): Promise<void> {
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (!options.includes('--json')) {
    await createProgram().parseAsync(args, { from: 'user' });
    return;
  }
  let help = '';
  const program = createProgram((shared) =>
    shared.exitOverride().configureOutput({ writeOut: (text) => (help += text), writeErr: () => undefined }),
  );
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.stdout.write(toJson(error.exitCode === 0 ? { help } : { error: refusalOf(error) }));
    process.exitCode = error.exitCode;
  }
}

function refusalOf({ code, message }: CommanderError): Failure {
  const reason = code === 'commander.help' ? 'the name of a command is missing' : message.replace(/^error: /, '');
  return { code: 'usage', problems: [{ name: 'Command', reason, nextStep: seeHelp }] };
}
