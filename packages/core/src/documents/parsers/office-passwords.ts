import { AppError } from '../../app-error.ts';
import { unreadable } from '../unreadable.ts';

/** With which Excel and PowerPoint lock what may be read by everybody and changed by few: they ask for no password to open it. */
const ownPasswords = ['VelvetSweatshop', '/01Hannes Ruescher/01'];

/**
 * Opens what is locked with the password of its reader, or with one that Office itself puts there.
 * @param open what the password opens; undefined when it is another one.
 * @throws AppError `password-required`, `password-wrong`, or `corrupt` for whatever else `open` throws.
 */
export function openWithPassword<T>(
  { fileName, password }: { fileName: string; password?: string | undefined },
  open: (password: string) => T | undefined,
): T {
  try {
    for (const each of [...(password === undefined ? [] : [password]), ...ownPasswords]) {
      const opened = open(each);
      if (opened !== undefined) return opened;
    }
  } catch (error) {
    throw error instanceof AppError ? error : unreadable(fileName, 'corrupt', error);
  }
  throw unreadable(fileName, password === undefined ? 'password-required' : 'password-wrong');
}
