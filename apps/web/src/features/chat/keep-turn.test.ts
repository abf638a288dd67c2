import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { trpc } from '../../trpc.ts';
import type { ConversationView, MessageView } from '../../views.ts';
import { keepTurn } from './keep-turn.ts';

const conversation = { id: '1', title: 'Bees' } as ConversationView;
const messages = [{ id: '10' }, { id: '11' }] as MessageView[];
const key = trpc.conversations.get.queryKey({ id: '1' });

test('a turn that was loaded meanwhile, with the answer under way, is not doubled', () => {
  const queryClient = new QueryClient();
  const written = { id: '11', text: 'Written by now.' } as MessageView;
  const loaded = [{ id: '9' } as MessageView, { id: '10' } as MessageView, written];
  queryClient.setQueryData(key, { conversation, messages: loaded, staleSources: [] });
  keepTurn(queryClient, { conversationId: '1', messageId: '11', conversation, messages });
  expect(queryClient.getQueryData(key)?.messages).toEqual(loaded);
});

test('the first turn makes the conversation', () => {
  const queryClient = new QueryClient();
  keepTurn(queryClient, { conversationId: '1', messageId: '11', conversation, messages });
  expect(queryClient.getQueryData(key)).toEqual({ conversation, messages, staleSources: [] });
});
