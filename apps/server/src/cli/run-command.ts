import process from 'node:process';
import { type Env, loadEnv } from '../env.ts';
import { describeFailure, exitCodeOf, failureOf } from '../start-report.ts';
import type { CommandResult } from './terminal.ts';

/**
 * Prints what the command says, or what is wrong and what to do; with `json` the same as one JSON value on standard output,
 * which for a failure is `{ error: { code, problems } }`.
 */
export async function runCommand(json: boolean, command: (env: Env) => Promise<CommandResult>): Promise<void> {
  try {
    const { text, data, exitCode = 0 } = await command(loadEnv());
    process.stdout.write(json ? toJson(data) : `${text}\n`);
    process.exitCode = exitCode;
  } catch (error) {
    if (json) process.stdout.write(toJson({ error: failureOf(error) }));
    else process.stderr.write(describeFailure('This did not work.', error));
    process.exitCode = exitCodeOf(error);
  }
}

export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
