import { AppError } from '../app-error.ts';

/** Said to a visitor whose link does not let them in any more. */
export function linkEnded(): AppError {
  return new AppError('unauthenticated', 'The link that you came by no longer works. Ask its owner for a new one.', {
    reason: 'link-ended',
  });
}
