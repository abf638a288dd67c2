import type { Env } from '../env.ts';
import type { CommandResult } from './terminal.ts';

/** Makes a command's action: its arguments, then its options. Each command loads what it needs, so that help comes at once. */
export type CommandAction = <T extends unknown[]>(
  command: (env: Env, ...args: T) => Promise<CommandResult>,
) => (...args: T) => Promise<void>;
