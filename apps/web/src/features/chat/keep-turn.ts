import type { QueryClient } from '@tanstack/react-query';
import { trpc } from '../../trpc.ts';
import type { StartedTurn } from '../../views.ts';

/** Puts a question that the server has just taken, and the answer it has begun, into the conversation as the page knows it. */
export function keepTurn(queryClient: QueryClient, { conversationId, conversation, messages }: StartedTurn): void {
  queryClient.setQueryData(trpc.conversations.get.queryKey({ id: conversationId }), (known) => {
    const before = known?.messages ?? [];
    // Another tab's word may have had the conversation loaded by now, with both in it.
    const added = messages.filter(({ id }) => before.every((message) => message.id !== id));
    return { conversation, messages: [...before, ...added], staleSources: known?.staleSources ?? [] };
  });
}
