import process from 'node:process';
import { confirm, isCancel, password } from '@clack/prompts';
import { ConfigurationError } from '../configuration-error.ts';

/** What a command has to say, in both forms, and how the process should end. */
export interface CommandResult {
  /** For a person. */
  text: string;
  /** For `--json`. */
  data: unknown;
  /** 0 unless given; 3 says that the command ran and found something to look at. */
  exitCode?: number;
}

/** Long work's way to show itself. Nothing of it goes to standard output, which holds the result alone. */
export interface ProgressLine {
  advance(count: number): void;
  note(text: string): void;
  end(): void;
}

const redrawMs = 200;
/** Where nobody watches, a line now and then is enough for a log. */
const logLineMs = 15_000;

/** Counts towards `total`, showing rate and time left; redrawn on a terminal, a line every 15 s elsewhere. */
export function startProgress(label: string, total: number): ProgressLine {
  const startedAt = performance.now();
  const isTerminal = process.stderr.isTTY;
  let done = 0;
  let shownAt = startedAt;
  const show = (ending: string) =>
    process.stderr.write(describeProgress(label, done, total, performance.now() - startedAt) + ending);
  return {
    advance(count) {
      done += count;
      if (performance.now() - shownAt < (isTerminal ? redrawMs : logLineMs)) return;
      shownAt = performance.now();
      show(isTerminal ? '\u001b[K\r' : '\n');
    },
    note(text) {
      process.stderr.write(`${isTerminal ? '\u001b[K' : ''}${text}\n`);
    },
    end() {
      show(isTerminal ? '\u001b[K\n' : '\n');
    },
  };
}

/** `Vectors: 1,200 of 5,000 (24 %), 310/s, 12 s left`, which 80 columns hold. A total of 0 is an unknown one. */
export function describeProgress(label: string, done: number, total: number, elapsedMs: number): string {
  const format = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 0 });
  const rate = done / Math.max(elapsedMs / 1000, 0.001);
  const known = total > 0 && done < total;
  const share = known ? ` of ${format(total)} (${format((100 * done) / total)} %)` : '';
  const left = known && rate > 0 ? `, ${describeSeconds((total - done) / rate)} left` : '';
  return `${label}: ${format(done)}${share}, ${format(rate)}/s${left}`;
}

function describeSeconds(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @throws ConfigurationError with this next step where nobody sits at the terminal. */
export function requireSomebody(nextStep: string): void {
  if (process.stdin.isTTY) return;
  throw new ConfigurationError([{ name: 'Confirmation', reason: 'nobody is here to ask', nextStep }]);
}

/** Asks a person at a terminal; no answer is a no. */
export async function askToGoOn(question: string): Promise<boolean> {
  const answer = await confirm({ message: question, initialValue: false });
  return !isCancel(answer) && answer;
}

/** The passphrase from the environment, else typed in at a terminal. It is never an argument: those are seen by others. */
export async function askForPassphrase(fromEnvironment: string | undefined): Promise<string> {
  if (fromEnvironment !== undefined) return fromEnvironment;
  const missing = { name: 'BACKUP_PASSPHRASE', reason: 'is not set', nextStep: 'Set it, or run this at a terminal.' };
  if (!process.stdin.isTTY) throw new ConfigurationError([missing]);
  const validate = (value: string | undefined) =>
    (value ?? '').length < 12 ? 'Use 12 characters or more.' : undefined;
  const typed = await password({ message: 'Passphrase of the backup', validate });
  if (isCancel(typed)) throw new ConfigurationError([{ ...missing, reason: 'was not given' }]);
  return typed;
}
