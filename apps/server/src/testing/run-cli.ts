import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { bareEnvironment } from '@twin/testing/bare-environment';
import { shortProcessFlags } from '@twin/testing/short-process-flags';

export interface CliRun {
  process: ChildProcess;
  /** Resolves when it has ended; `code` is null when a signal ended it. */
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Starts the real command line with exactly these variables. Nobody sits at its terminal. */
export function runCli(args: string[], variables: Record<string, string>): CliRun {
  const env = bareEnvironment(variables);
  const program = join(import.meta.dirname, '../cli.ts');
  const child = spawn(process.execPath, [...shortProcessFlags, program, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { process: child, ended };
}
