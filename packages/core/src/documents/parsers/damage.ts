import { AppError } from '../../app-error.ts';
import { unreadable } from '../unreadable.ts';

/** What of a file could not be read because it is damaged, while the rest is. */
export interface Damage {
  /** How many parts. */
  readonly count: number;
  /** Tries to read one part; undefined when it is damaged. @throws AppError as `read` does. */
  attempt<T>(read: () => T): T | undefined;
  /** Counts one part. */
  add(): void;
  /** What to tell of it. */
  warnings(): string[];
  /** @throws AppError `corrupt` where parts are damaged; asked when nothing else was found. */
  refuse(fileName: string): void;
}

export function createDamage(): Damage {
  let count = 0;
  return {
    get count() {
      return count;
    },
    attempt(read) {
      try {
        return read();
      } catch (error) {
        if (error instanceof AppError) throw error;
        count += 1;
        return undefined;
      }
    },
    add() {
      count += 1;
    },
    warnings: () => (count === 0 ? [] : [`The file is damaged: parts of it could not be read (${count}).`]),
    refuse(fileName) {
      if (count > 0) throw unreadable(fileName, 'corrupt');
    },
  };
}
