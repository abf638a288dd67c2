import { mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** How often a step says that it is still at work where lines cannot be rewritten. */
const reminderSeconds = 15;

/**
 * Tells a person what is being done: one line per step with its result and time, rewritten in place on a terminal.
 * What the commands print goes to `logFile` alone.
 *
 * @typedef {ReturnType<typeof openProgress>} Progress
 * @param {string} logFile emptied first; its folder is made
 * @param {NodeJS.WriteStream} out
 */
export function openProgress(logFile, out = process.stdout) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');

  /** @param {string} line */
  const logLine = (line) => void writeSync(log, `${stripVTControlCharacters(line)}\n`);

  /** @param {string} text */
  const rewrite = (text) => void out.write(`\r\u001b[2K${text.slice(0, Math.max(20, out.columns - 1))}`);

  return {
    logFile,
    logLine,

    /**
     * @template T
     * @param {string} title
     * @param {(report: (status: string) => void) => Promise<{ result: T, summary: string }>} work
     *   `report` shows what it is doing now; `summary` is what it found or did
     * @returns {Promise<T>}
     */
    async step(title, work) {
      const startedAt = Date.now();
      const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
      let status = '';
      if (!out.isTTY) out.write(`- ${title} …\n`);
      logLine(`== ${title}`);
      const ticker = setInterval(
        () => {
          if (out.isTTY) rewrite(`- ${title} … ${seconds()} ${status}`);
          else out.write(`  ${title}: ${seconds()} so far ${status}\n`);
        },
        out.isTTY ? 200 : reminderSeconds * 1000,
      );
      try {
        const { result, summary } = await work((text) => {
          status = stripVTControlCharacters(text).trim();
        });
        if (out.isTTY) rewrite('');
        out.write(`✔ ${title}: ${summary} (${seconds()})\n`);
        return result;
      } catch (error) {
        if (out.isTTY) rewrite('');
        out.write(`✘ ${title}: failed after ${seconds()}\n`);
        throw error;
      } finally {
        clearInterval(ticker);
      }
    },
  };
}
