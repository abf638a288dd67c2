import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** A command that ended with anything but 0. `output` holds its last lines, standard error included. */
export class CommandError extends Error {
  /**
   * @param {string} command
   * @param {string} ending
   * @param {string[]} output
   */
  constructor(command, ending, output) {
    super(`${command} ${ending}`);
    this.output = output;
  }
}

/**
 * Runs a program without a shell, so paths with spaces need no quoting. Every output line goes to `onLine`.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} options
 * @returns {Promise<void>} when it exits 0
 * @throws {CommandError} when it exits otherwise, or cannot be started (the cause carries the system's code)
 */
export function runCommand(command, args, { cwd, env = process.env, onLine = () => {} }) {
  return new Promise((resolve, reject) => {
    /** @type {string[]} */
    const tail = [];
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        tail.push(line);
        if (tail.length > 40) tail.shift();
        onLine(line);
      });
    }
    child.on('error', (error) => {
      running.delete(child);
      reject(new CommandError(command, `could not be started: ${error.message}`, [...tail, error.message]));
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      if (code === 0) resolve();
      else reject(new CommandError(command, signal ? `was ended by ${signal}` : `ended with code ${code}`, tail));
    });
  });
}

/**
 * Passes a stop signal on to whatever is running, so that setting up leaves no orphan.
 *
 * @param {NodeJS.Signals} signal
 */
export function stopRunningCommands(signal) {
  for (const child of running) child.kill(signal);
}
