import { useMutation } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { notify, notifyProblem, notifyUndoable } from '../../components/toaster.tsx';
import { formatCount } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import { type Deletion, forgetDeletion, keepDeletion, keptDeletions } from './kept-deletions.ts';
import { useRefetch } from './use-refetch.ts';

/** Offers the way back from deletions. */
export function useUndo() {
  const { listChanged, statusChanged } = useRefetch();
  const restore = useMutation(
    trpc.documents.restore.mutationOptions({
      onSuccess: async ({ documents }, restored) => {
        forgetDeletion(restored);
        notify(documents.length === 1 ? 'Document is back' : `${formatCount(documents.length, 'document')} are back`);
        await Promise.all([listChanged(), statusChanged()]);
      },
      onError: (error) => notifyProblem('It could not be undone', error),
    }),
  );

  function show(deletion: Deletion) {
    notifyUndoable(`${deletion.what} deleted`, {
      seconds: (deletion.until - Date.now()) / 1_000,
      onUndo: () => restore.mutate({ ids: deletion.ids }),
    });
  }

  return {
    show,
    offer(deletion: Deletion) {
      keepDeletion(deletion);
      show(deletion);
    },
  };
}

/** After a reload: what was deleted before it can still be undone for the rest of its time. */
export function useUndoAfterReload(): void {
  const { show } = useUndo();
  const showKept = useEffectEvent(() => keptDeletions().forEach(show));
  const shown = useRef(false);
  useEffect(() => {
    if (shown.current) return;
    shown.current = true;
    showKept();
  }, []);
}
