import { createContext, useContext } from 'react';
import type { StaleSource } from '../../views.ts';

/** Which cited documents of the shown conversation are no longer what they were. */
export const StaleSources = createContext<readonly StaleSource[]>([]);

const words: Record<StaleSource['standing'], string> = {
  replaced: 'replaced by a newer version since',
  withdrawn: 'no longer in the library',
};

/** What to say of a cited version; null while it is the one that answers questions. */
export function useStaleNote(versionId: number): string | null {
  const source = useContext(StaleSources).find((candidate) => candidate.versionId === versionId);
  return source === undefined ? null : words[source.standing];
}
