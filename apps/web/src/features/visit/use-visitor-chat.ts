import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { notifyProblem } from '../../components/toaster.tsx';
import { type Problem, problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import type { MessageView, VisitorMessage } from '../../views.ts';
import type { AnswerProgress } from '../chat/answer-progress.ts';
import { draftsOf } from '../chat/drafts.ts';
import { useAnswerAnnouncements } from '../chat/use-answer-announcements.ts';
import { useFeed } from '../chat/use-live-answer.ts';
import { useStop } from '../chat/use-stop.ts';
import { useRecovery } from '../connection/use-recovery.ts';
import { asEvent, asMessage } from './as-message.ts';

const noMessages: VisitorMessage[] = [];
const nothingToFollow = () => () => {};

/**
 * A visitor's conversation, as the chat's parts show it.
 * @param onOpened called with the id that a new conversation has got; its promise is waited for.
 */
export function useVisitorChat(conversationId: string | undefined, onOpened: (id: string) => Promise<void>) {
  const query = useQuery(
    trpc.visitor.conversation.queryOptions({ id: conversationId ?? '' }, { enabled: conversationId !== undefined }),
  );
  const known = conversationId === undefined ? undefined : query.data;
  const kept = known?.messages ?? noMessages;
  const stored = useMemo(() => kept.map(asMessage), [kept]);
  const live = useVisitorAnswer(stored.at(-1));
  const messages = live === null ? stored : [...stored.slice(0, -1), live.message];
  const stopping = useMutation(
    trpc.visitor.stop.mutationOptions({ onError: (error) => notifyProblem('The answer could not be stopped', error) }),
  );
  const { asked, taken, stop } = useStop(live?.message.id, (messageId) => stopping.mutate({ messageId }));
  const sending = useVisitorSend(conversationId, { onTaken: taken, onOpened });
  const { pending, problem, openedId, draftId } = sending;

  function send(text: string) {
    asked();
    sending.send(text);
  }

  const answering = live !== null || pending !== null;
  useAnswerAnnouncements(answering, messages.at(-1));
  const isGone = query.isError && ['not-found', 'invalid-input'].includes(problemOf(query.error).code);
  return {
    title: known?.conversation.title,
    isLoading: conversationId !== undefined && query.isPending,
    isGone: conversationId !== undefined && isGone,
    failed: conversationId !== undefined && query.isError && known === undefined ? query : null,
    kept,
    messages,
    live,
    pending,
    openedId,
    draftId,
    answering,
    problem,
    send,
    stop,
  };
}

export type VisitorChat = ReturnType<typeof useVisitorChat>;

/** Follows the answer that is being written; null when none is. */
function useVisitorAnswer(message: MessageView | undefined): AnswerProgress | null {
  const queryClient = useQueryClient();
  const running = message?.state === 'running' ? message : undefined;
  const feed = useFeed(running);
  const subscription = useSubscription(
    trpc.visitor.events.subscriptionOptions(running === undefined ? skipToken : { messageId: running.id }, {
      onData: ({ id, data }) => {
        feed?.receive(Number(id), asEvent(data));
        if (data.type !== 'answer-end') return;
        const ended = data.message;
        queryClient.setQueryData(trpc.visitor.conversation.queryKey({ id: ended.conversationId }), (known) => {
          const at = known?.messages.findIndex(({ id: messageId }) => messageId === ended.id) ?? -1;
          return known === undefined || at === -1 ? known : { ...known, messages: known.messages.with(at, ended) };
        });
        // Stopped by nobody here: perhaps its link has ended.
        void queryClient.invalidateQueries({ queryKey: trpc.visitor.twin.queryKey() });
      },
      onError: () => void queryClient.invalidateQueries({ queryKey: trpc.visitor.pathKey() }),
    }),
  );
  useRecovery(subscription);
  return useSyncExternalStore(feed?.subscribe ?? nothingToFollow, () => feed?.current() ?? null);
}

type SendProblem = Problem & { at: number };

function problemNow(error: unknown): SendProblem {
  return { ...problemOf(error), at: Date.now() };
}

interface VisitorSendOptions {
  /** Called with the id of the answer as soon as the server has begun it. */
  onTaken: (answerId: string) => void;
  onOpened: (id: string) => Promise<void>;
}

/** What the server does not take is back in the field where it was written. */
function useVisitorSend(conversationId: string | undefined, { onTaken, onOpened }: VisitorSendOptions) {
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<SendProblem | null>(null);
  const [openedId, setOpenedId] = useState<string>();
  const sending = useMutation(
    trpc.visitor.send.mutationOptions({
      onSuccess({ conversationId: id, messageId, conversation, messages }, asked) {
        onTaken(messageId);
        queryClient.setQueryData(trpc.visitor.conversation.queryKey({ id }), (known) => {
          return { conversation, messages: [...(known?.messages ?? []), ...messages] };
        });
        void queryClient.invalidateQueries({ queryKey: trpc.visitor.conversations.queryKey() });
        if (asked.conversationId !== undefined) return undefined;
        // What is being typed goes along; the old place is cleared when nobody sees it any more.
        const typed = draftsOf.visitor.read(undefined);
        draftsOf.visitor.restore(id, typed);
        setOpenedId(id);
        return onOpened(id).then(() => draftsOf.visitor.send(undefined, typed));
      },
      onError(error, asked) {
        draftsOf.visitor.restore(asked.conversationId, asked.text);
        setProblem(problemNow(error));
        if (problemOf(error).code === 'unauthenticated') {
          void queryClient.invalidateQueries({ queryKey: trpc.visitor.twin.queryKey() });
        }
      },
    }),
  );
  const isHere = sending.isPending && sending.variables.conversationId === conversationId;
  return {
    pending: isHere ? sending.variables.text : null,
    problem,
    /** The conversation that the latest new one here has become. */
    openedId,
    /** Whose draft is in the field: that of a new conversation is its own as soon as it has an id. */
    draftId: conversationId ?? (isHere ? openedId : undefined),
    send(text: string) {
      setProblem(null);
      setOpenedId(undefined);
      draftsOf.visitor.send(conversationId, text);
      sending.mutate({ text, ...(conversationId !== undefined && { conversationId }) });
    },
  };
}
