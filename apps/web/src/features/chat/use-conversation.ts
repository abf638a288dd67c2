import { useQuery } from '@tanstack/react-query';
import { problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import type { MessageView, StaleSource } from '../../views.ts';

const noMessages: MessageView[] = [];
const noStaleSources: StaleSource[] = [];

/** A conversation as it is stored. Without an id it is empty. */
export function useConversation(id: string | undefined) {
  const query = useQuery(trpc.conversations.get.queryOptions({ id: id ?? '' }, { enabled: id !== undefined }));

  const problem = id !== undefined && query.isError ? problemOf(query.error) : null;
  const known = id === undefined ? undefined : query.data;
  return {
    conversation: known?.conversation,
    messages: known?.messages ?? noMessages,
    staleSources: known?.staleSources ?? noStaleSources,
    isLoading: id !== undefined && query.isPending,
    /** Why it cannot be shown. A failed refresh is no reason, unless it says that the conversation is gone. */
    problem: problem !== null && (known === undefined || problem.code === 'not-found') ? problem : null,
    query,
  };
}
