import { useState } from 'react';

/** Which of the documents on the page are chosen. What leaves the list leaves the choice. */
export function useSelection(shown: readonly { id: string }[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ids = shown.map(({ id }) => id).filter((id) => chosen.has(id));
  return {
    ids,
    has: (id: string) => chosen.has(id),
    toggle(id: string) {
      const next = new Set(chosen);
      if (!next.delete(id)) next.add(id);
      setChosen(next);
    },
    /** All that is shown; none when all of it was chosen. */
    toggleAll: () => setChosen(new Set(ids.length === shown.length ? [] : shown.map(({ id }) => id))),
    clear: () => setChosen(new Set()),
  };
}

export type Selection = ReturnType<typeof useSelection>;
