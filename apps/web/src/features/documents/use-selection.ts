import { useState } from 'react';
import { selectRange } from './select-range.ts';

/** Which of the documents on the page are chosen. What leaves the list leaves the choice. */
export function useSelection(shown: readonly { id: string }[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string | null>(null);
  const shownIds = shown.map(({ id }) => id);
  const ids = shownIds.filter((id) => chosen.has(id));
  return {
    ids,
    has: (id: string) => chosen.has(id),
    /** @param asRange with all between it and the one that was chosen before it. */
    toggle(id: string, asRange: boolean) {
      setChosen(selectRange(chosen, shownIds, asRange ? last : null, id));
      setLast(id);
    },
    /** All that is shown; none when all of it was chosen. */
    toggleAll: () => choose(ids.length === shown.length ? [] : shownIds),
    clear: () => choose([]),
  };

  /** Not one by one: no range goes on from what was chosen before. */
  function choose(all: readonly string[]) {
    setChosen(new Set(all));
    setLast(null);
  }
}

export type Selection = ReturnType<typeof useSelection>;
