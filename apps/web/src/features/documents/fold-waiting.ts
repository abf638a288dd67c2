import type { Upload } from './upload-queue.ts';

/** So many are listed while they merely wait: more would push the documents out of sight. */
const waitingShown = 3;

/** Splits off the files that only wait for their turn behind the next few. What is sent, stuck or refused always shows. */
export function foldWaiting(uploads: readonly Upload[]): { shown: Upload[]; folded: Upload[] } {
  const waiting = uploads.filter(({ state }) => state.name === 'waiting' && state.reason === 'turn');
  // One line that says “1 more” would save nothing.
  const folded = waiting.length > waitingShown + 1 ? new Set(waiting.slice(waitingShown)) : new Set<Upload>();
  return { shown: uploads.filter((upload) => !folded.has(upload)), folded: [...folded] };
}
