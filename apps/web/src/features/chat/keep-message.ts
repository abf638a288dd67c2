import type { QueryClient } from '@tanstack/react-query';
import { trpc } from '../../trpc.ts';
import type { MessageView } from '../../views.ts';

/** Puts a message into the conversation as the page knows it, in place of what it had under this id. */
export function keepMessage(queryClient: QueryClient, message: MessageView): void {
  queryClient.setQueryData(trpc.conversations.get.queryKey({ id: message.conversationId }), (known) => {
    if (known === undefined) {
      return known;
    }
    const at = known.messages.findIndex(({ id }) => id === message.id);
    const messages = at === -1 ? [...known.messages, message] : known.messages.with(at, message);
    return { ...known, messages };
  });
}
