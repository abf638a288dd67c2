import process from 'node:process';
import { type Env, loadEnv } from '../env.ts';
import { describeFailure, exitCodeOf } from '../start-report.ts';
import type { CommandResult } from './terminal.ts';

/** Prints what the command says, or what is wrong and what to do; with `json` the same as one JSON value. */
export async function runCommand(json: boolean, command: (env: Env) => Promise<CommandResult>): Promise<void> {
  try {
    const { text, data, exitCode = 0 } = await command(loadEnv());
    process.stdout.write(json ? `${JSON.stringify(data, null, 2)}\n` : `${text}\n`);
    process.exitCode = exitCode;
  } catch (error) {
    process.stderr.write(describeFailure('This did not work.', error));
    process.exitCode = exitCodeOf(error);
  }
}
