import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface TestChild {
  process: ChildProcess;
  /** Every line of standard output so far. */
  lines: string[];
  /** Resolves when a line is printed that satisfies `isWanted`. @throws Error when the child ends before. */
  waitForLine(isWanted: (line: string) => boolean): Promise<string>;
  /** Resolves with the exit code, or the signal that ended the child. */
  ended: Promise<number | NodeJS.Signals>;
}

/** Runs a TypeScript module as a process of its own, which a test may kill. Its standard error goes to the test's. */
export function startChild(module: URL, args: string[]): TestChild {
  const child = spawn(process.execPath, [fileURLToPath(module), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const listeners = new Set<(line: string) => void>();
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    for (const listener of listeners) {
      listener(line);
    }
  });
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(
    ([[code, signal]]) => (code ?? signal) as number | NodeJS.Signals,
  );
  return {
    process: child,
    lines,
    ended,
    waitForLine: async (isWanted) => {
      const early = lines.find(isWanted);
      if (early !== undefined) {
        return early;
      }
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      listeners.add((line) => isWanted(line) && resolve(line));
      void ended.then((ending) => reject(new Error(`The process ended (${ending}) after: ${lines.join(' | ')}`)));
      return await promise;
    },
  };
}
