import { useMutation } from '@tanstack/react-query';
import { notifyProblem } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';
import { useAnswerAnnouncements } from './use-answer-announcements.ts';
import { useAskedScope } from './use-asked-scope.ts';
import { useConversation } from './use-conversation.ts';
import { useLiveAnswer } from './use-live-answer.ts';
import { useSend } from './use-send.ts';
import { useStop } from './use-stop.ts';

/** One conversation as a person experiences it: what is stored, what is being written, what is on its way. */
export function useChat(conversationId: string | undefined) {
  const { conversation, messages: stored, staleSources, isLoading, problem, query } = useConversation(conversationId);
  const live = useLiveAnswer(stored.at(-1));
  const messages = live === null ? stored : [...stored.slice(0, -1), live.message];

  const stopping = useMutation(
    trpc.chat.stop.mutationOptions({ onError: (error) => notifyProblem('The answer could not be stopped', error) }),
  );
  const { asked, taken, stop } = useStop(live?.message.id, (messageId) => stopping.mutate({ messageId }));
  const sending = useSend(conversationId, taken);
  const { pending, openedId, draftId } = sending;

  const [scope, setScope] = useAskedScope(conversationId, messages);

  function send(text: string, of = scope) {
    asked();
    sending.send({ text, scope: of });
  }

  function sendToAll(text: string) {
    setScope(null);
    send(text, null);
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
