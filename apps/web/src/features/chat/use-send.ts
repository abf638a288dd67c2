import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type Problem, problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import type { AskedScope, MessageView } from '../../views.ts';
import { onServerReturn } from '../connection/connection.ts';
import { tellOtherTabs } from './chat-sync.ts';

interface AskedQuestion {
  text: string;
  /** Null for all of the library. */
  scope: AskedScope | null;
}

interface PendingQuestion {
  text: string;
  /** Known once the server has taken it; the conversation holds it from then on. */
  messageId: string | null;
  /** Of the answer that is then being written. */
  answerId: string | null;
}

interface Send {
  /** The question that is on its way; shown at once. */
  pending: PendingQuestion | null;
  problem: (Problem & { at: number }) | null;
  /** @param onRefused gets the text back when the server did not take it. */
  send: (question: AskedQuestion, onRefused?: (text: string) => void) => void;
}

/**
 * Asks a question in a conversation, or in a new one, whose page is then opened.
 * @param onTaken gets the id of the answer as soon as the server has begun it.
 */
export function useSend(conversationId: string | undefined, onTaken: (answerId: string) => void): Send {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const mutation = useMutation(trpc.chat.send.mutationOptions());
  const [pending, setPending] = useState<PendingQuestion | null>(null);
  const [problem, setProblem] = useState<Send['problem']>(null);

  useEffect(() => onServerReturn(() => setProblem((known) => (known?.code === 'unreachable' ? null : known))), []);

  function send({ text, scope }: AskedQuestion, onRefused?: (text: string) => void) {
    setPending({ text, messageId: null, answerId: null });
    setProblem(null);
    const asked = { text, ...(conversationId !== undefined && { conversationId }), ...(scope !== null && { scope }) };
    mutation.mutate(asked, {
      onSuccess(turn) {
        onTaken(turn.messageId);
        const now = new Date().toISOString();
        queryClient.setQueryData(trpc.conversations.get.queryKey({ id: turn.conversationId }), (known) => ({
          conversation: known?.conversation ?? { id: turn.conversationId, title: text, createdAt: now, updatedAt: now },
          messages: [
            ...(known?.messages ?? []),
            newMessage(turn.userMessageId, turn.conversationId, 'user', text),
            newMessage(turn.messageId, turn.conversationId, 'assistant', ''),
          ],
          staleSources: known?.staleSources ?? [],
        }));
        tellOtherTabs(turn.conversationId);
        void queryClient.invalidateQueries({ queryKey: trpc.conversations.list.queryKey() });
        if (turn.conversationId === conversationId) {
          setPending(null);
        } else {
          // Until the page has its new address, the question must not vanish from the old one.
          setPending({ text, messageId: turn.userMessageId, answerId: turn.messageId });
          void navigate({ to: '/c/$conversationId', params: { conversationId: turn.conversationId } }).finally(() =>
            setPending(null),
          );
        }
      },
      onError(error) {
        setPending(null);
        setProblem({ ...problemOf(error), at: Date.now() });
        onRefused?.(text);
      },
    });
  }

  return { pending, problem, send };
}

function newMessage(id: string, conversationId: string, role: MessageView['role'], text: string): MessageView {
  return {
    id,
    conversationId,
    role,
    state: role === 'user' ? 'done' : 'running',
    text,
    outcome: null,
    citations: [],
    unsupported: [],
    sources: [],
    error: null,
    model: null,
    scope: null,
    usage: null,
    fromCache: false,
    modelSkipped: null,
    createdAt: new Date().toISOString(),
  };
}
