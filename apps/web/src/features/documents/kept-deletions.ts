/** Documents that were deleted here, for as long as that can be undone. */
export interface Deletion {
  ids: string[];
  /** What they are called, e.g. “Bees” or `3 documents`. */
  what: string;
  /** The end of the way back, in milliseconds since the epoch. */
  until: number;
}

const key = 'twin.deletions';

/** Remembers it in this tab, over a reload too; a closed storage costs only that. */
export function keepDeletion(deletion: Deletion): void {
  write([...keptDeletions(), deletion]);
}

export function forgetDeletion({ ids }: Pick<Deletion, 'ids'>): void {
  write(keptDeletions().filter((kept) => kept.ids.join() !== ids.join()));
}

export function forgetDeletions(): void {
  write([]);
}

/** Those that can still be undone, oldest first. */
export function keptDeletions(): Deletion[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? '[]') as Deletion[];
    return kept.filter(({ until }) => until > Date.now());
  } catch {
    return [];
  }
}

function write(deletions: Deletion[]): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(deletions));
  } catch {
    // It lasts as long as the page.
  }
}
