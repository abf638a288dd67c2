import type { QueryClient } from '@tanstack/react-query';
import { trpc } from '../../trpc.ts';
import type { AnswerScope, AskedScope, MessageView } from '../../views.ts';

interface StartedTurn {
  conversationId: string;
  userMessageId: string;
  messageId: string;
}

/** Puts a question that the server has just taken, and the answer it has begun, into the conversation as the page knows it. */
export function keepTurn(
  queryClient: QueryClient,
  { conversationId, userMessageId, messageId }: StartedTurn,
  { text, scope: asked }: { text: string; scope?: AskedScope },
): void {
  const now = new Date().toISOString();
  const shared = {
    ...nothingYet,
    conversationId,
    scope: asked === undefined ? null : named(queryClient, asked),
    createdAt: now,
  };
  const question: MessageView = { ...shared, id: userMessageId, role: 'user', state: 'done', text };
  const answer: MessageView = { ...shared, id: messageId, role: 'assistant', state: 'running', text: '' };
  queryClient.setQueryData(trpc.conversations.get.queryKey({ id: conversationId }), (known) => ({
    conversation: known?.conversation ?? { id: conversationId, title: text, createdAt: now, updatedAt: now },
    messages: [...(known?.messages ?? []), question, answer],
    staleSources: known?.staleSources ?? [],
  }));
}

/** With the collection's name, as the server keeps it. */
function named(queryClient: QueryClient, asked: AskedScope): AnswerScope {
  const parts = queryClient.getQueryData(trpc.collections.list.queryKey({}));
  const collection = parts?.collections.find(({ id }) => id === asked.collectionId);
  return { ...asked, ...(collection !== undefined && { collectionName: collection.name }) };
}

const nothingYet: Omit<MessageView, 'id' | 'conversationId' | 'role' | 'state' | 'text' | 'scope' | 'createdAt'> = {
  outcome: null,
  citations: [],
  unsupported: [],
  sources: [],
  error: null,
  model: null,
  usage: null,
  fromCache: false,
  modelSkipped: null,
  endedAt: null,
};
