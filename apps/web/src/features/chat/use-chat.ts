import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { notifyProblem } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';
import { useAnswerAnnouncements } from './use-answer-announcements.ts';
import { useAskedScope } from './use-asked-scope.ts';
import { useConversation } from './use-conversation.ts';
import { useLiveAnswer } from './use-live-answer.ts';
import { useSend } from './use-send.ts';

/** One conversation as a person experiences it: what is stored, what is being written, what is on its way. */
export function useChat(conversationId: string | undefined) {
  const { conversation, messages: stored, staleSources, isLoading, problem, query } = useConversation(conversationId);
  const live = useLiveAnswer(stored.at(-1));
  const messages = live === null ? stored : [...stored.slice(0, -1), live.message];

  const stopping = useMutation(
    trpc.chat.stop.mutationOptions({ onError: (error) => notifyProblem('The answer could not be stopped', error) }),
  );
  // Stop may be pressed before the server has said which answer it is, or the page has it.
  const stopWanted = useRef(false);
  const takenId = useRef<string | null>(null);
  const sending = useSend(conversationId, (messageId) => {
    takenId.current = messageId;
    if (stopWanted.current) {
      stopping.mutate({ messageId });
    }
  });
  const { pending, openedId, draftId } = sending;

  const [scope, setScope] = useAskedScope(conversationId, messages);

  function send(text: string, asked = scope) {
    stopWanted.current = false;
    takenId.current = null;
    sending.send({ text, scope: asked });
  }

  function sendToAll(text: string) {
    setScope(null);
    send(text, null);
  }

  function stop() {
    const messageId = live?.message.id ?? takenId.current;
    if (messageId === null) {
      stopWanted.current = true;
    } else {
      stopping.mutate({ messageId });
    }
  }

  const answering = live !== null || pending !== null;
  useAnswerAnnouncements(answering, messages.at(-1));
  return {
    title: conversation?.title,
    isLoading,
    /** The conversation, when it could not be loaded. */
    failed: problem === null ? null : query,
    messages,
    staleSources,
    live,
    pending,
    openedId,
    draftId,
    answering,
    problem: sending.problem,
    scope,
    setScope,
    send: (text: string) => send(text),
    sendToAll,
    stop,
  };
}

export type Chat = ReturnType<typeof useChat>;
