import type { Upload } from './upload-queue.ts';

/** So many are listed while they merely wait, or were here already: more would push the documents out of sight. */
const alikeShown = 3;

export interface FoldedUploads {
  shown: Upload[];
  /** Those behind the next few that wait for their turn. */
  waiting: Upload[];
  /** Those after the first few that were here already. */
  duplicates: Upload[];
}

/** Splits off what repeats: files that only wait for their turn, and files that were here already. All else always shows. */
export function foldUploads(uploads: readonly Upload[]): FoldedUploads {
  const waiting = beyondTheFirst(uploads.filter(({ state }) => state.name === 'waiting' && state.reason === 'turn'));
  const duplicates = beyondTheFirst(uploads.filter(({ state }) => state.name === 'duplicate'));
  const folded = new Set([...waiting, ...duplicates]);
  return { shown: uploads.filter((upload) => !folded.has(upload)), waiting, duplicates };
}

/** One line that says “1 more” would save nothing. */
function beyondTheFirst(alike: readonly Upload[]): Upload[] {
  return alike.length > alikeShown + 1 ? alike.slice(alikeShown) : [];
}
