import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notify, notifyProblem } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';
import type { ConversationView } from '../../views.ts';
import { draftsOf } from './drafts.ts';

/** Renames and deletes as if it had happened already; takes it back, visibly, when the server refuses. */
export function useConversationChanges({ id }: ConversationView) {
  const queryClient = useQueryClient();
  const listKey = trpc.conversations.list.queryKey({});

  function change(edit: (list: ConversationView[]) => ConversationView[]) {
    const before = queryClient.getQueryData(listKey);
    queryClient.setQueryData(listKey, (list) => list && edit(list));
    return { before };
  }
  function settle() {
    return queryClient.invalidateQueries({ queryKey: listKey });
  }

  const renaming = useMutation(
    trpc.conversations.rename.mutationOptions({
      onMutate: ({ title }) => change((list) => list.map((item) => (item.id === id ? { ...item, title } : item))),
      onError: (error, _input, context) => {
        queryClient.setQueryData(listKey, context?.before);
        notifyProblem('The conversation keeps its old title', error);
      },
      onSettled: settle,
    }),
  );
  const deleting = useMutation(
    trpc.conversations.delete.mutationOptions({
      onMutate: () => change((list) => list.filter((item) => item.id !== id)),
      onSuccess: () => {
        draftsOf.owner.write(id, '');
        queryClient.removeQueries({ queryKey: trpc.conversations.get.queryKey({ id }) });
        notify('Conversation deleted');
      },
      onError: (error, _input, context) => {
        queryClient.setQueryData(listKey, context?.before);
        notifyProblem('The conversation could not be deleted', error);
      },
      onSettled: settle,
    }),
  );

  return { rename: (title: string) => renaming.mutate({ id, title }), remove: () => deleting.mutate({ id }) };
}
