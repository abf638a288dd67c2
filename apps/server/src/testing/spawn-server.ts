import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { bareEnvironment } from '@twin/testing/bare-environment';
import { shortProcessFlags } from '@twin/testing/short-process-flags';

export interface SpawnedServer extends LaunchedServer {
  origin: string;
}

export interface LaunchedServer {
  process: ChildProcess;
  /** All it has written to both outputs. */
  output(): string;
  /** Resolves with its exit code when it ends. */
  exited: Promise<number | null>;
}

const main = join(import.meta.dirname, '../main.ts');

/** Starts the real program with exactly these variables; `ready` when it listens, or has ended. */
export function launchServer(variables: Record<string, string>): LaunchedServer & { ready: Promise<SpawnedServer> } {
  const env = bareEnvironment({ PORT: '0', ...variables });
  const child = spawn(process.execPath, [...shortProcessFlags, main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  // Not 'exit', after which what it said last may still come.
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const origin = new Promise<string>((resolve) => {
    const read = (text: string) => {
      output += text;
      const [, port] = /ready: http:\/\/[^\s:]+:(\d+)/.exec(output) ?? [];
      if (port !== undefined) {
        resolve(`http://127.0.0.1:${port}`);
      }
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    void exited.then(() => resolve(''));
  });
  const launched = { process: child, output: () => output, exited };
  return { ...launched, ready: origin.then((found) => ({ ...launched, origin: found })) };
}

/** Starts the real program with exactly these variables and waits until it listens, or has ended. */
export async function spawnServer(variables: Record<string, string>): Promise<SpawnedServer> {
  return await launchServer(variables).ready;
}

/** Resident memory of a process now (Linux). */
export async function residentBytes({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}
