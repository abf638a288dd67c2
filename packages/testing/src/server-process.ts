import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { bareEnvironment } from './bare-environment.ts';
import { shortProcessFlags } from './short-process-flags.ts';

const mainFile = join(import.meta.dirname, '../../../apps/server/src/main.ts');

export interface ServerProcess {
  url: string;
  pid: number;
  /** Everything it has printed so far. */
  output(): string;
  /** Sends a signal and waits for the end. Its exit code, null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/**
 * The real server as a process of its own, on a free port, ready to serve.
 * @throws Error with its output when it ends, or is silent for 120 s, before it is ready.
 */
export async function startServerProcess(options: {
  dataDir: string;
  env?: Record<string, string>;
  /** Of Node. Left out, those of a process that lives as long as a test. */
  flags?: readonly string[];
}): Promise<ServerProcess> {
  const env = bareEnvironment({ PORT: '0', DATA_DIR: options.dataDir, ...options.env });
  const flags = options.flags ?? shortProcessFlags;
  const child = spawn(process.execPath, [...flags, mainFile], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (what: string) => {
      child.kill('SIGKILL');
      reject(new Error(`The server ${what} before it was ready. It said:\n${output}`));
    };
    const timer = setTimeout(fail, 120_000, 'was silent for too long');
    const read = (text: string) => {
      output += text;
      const address = /is ready: (http:\/\/\S+)/.exec(output)?.[1];
      if (address) {
        clearTimeout(timer);
        resolve(address);
      }
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    void ended.then(() => {
      clearTimeout(timer);
      fail('ended');
    });
  });
  return {
    url,
    // A process that has printed has an id.
    pid: child.pid ?? 0,
    output: () => output,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
