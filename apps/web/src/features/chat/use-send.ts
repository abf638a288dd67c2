import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { notifyProblem } from '../../components/toaster.tsx';
import { type Problem, problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import type { AskedScope, SendInput } from '../../views.ts';
import { onServerReturn } from '../connection/connection.ts';
import { tellOtherTabs } from './chat-sync.ts';
import { draftsOf } from './drafts.ts';
import { keepTurn } from './keep-turn.ts';

interface AskedQuestion {
  text: string;
  /** Null for all of the library. */
  scope: AskedScope | null;
}

type SendProblem = Problem & { at: number; conversationId: string | undefined };

interface Send {
  /** The question that is on its way from here; shown at once. */
  pending: string | null;
  problem: SendProblem | null;
  /** The conversation that the latest new one here has become. */
  openedId: string | undefined;
  /** Whose draft is in the field: that of a new conversation is its own as soon as it has an id. */
  draftId: string | undefined;
  send: (question: AskedQuestion) => void;
}

/**
 * Asks a question in a conversation, or in a new one, whose page is then opened. What the server does not take is back in
 * the field where it was asked, whatever page is open by then.
 * @param onTaken gets the id of the answer as soon as the server has begun it.
 */
export function useSend(conversationId: string | undefined, onTaken: (answerId: string) => void): Send {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const pending = usePending(conversationId);
  const [problem, setProblem] = useState<SendProblem | null>(null);
  const [openedId, setOpenedId] = useState<string>();
  const shown = useShown(conversationId);

  useEffect(() => onServerReturn(() => setProblem((known) => (known?.code === 'unreachable' ? null : known))), []);

  // Here and not with `mutate`, whose callbacks are dropped when the page is left.
  const mutation = useMutation(
    trpc.chat.send.mutationOptions({
      onSuccess(turn, asked) {
        onTaken(turn.messageId);
        keepTurn(queryClient, turn);
        tellOtherTabs(turn.conversationId);
        void queryClient.invalidateQueries({ queryKey: trpc.conversations.list.queryKey() });
        if (asked.conversationId !== undefined || !shown.isAt(undefined)) return undefined;
        // What is being typed goes along; the old place is cleared when nobody sees it any more.
        const typed = draftsOf.owner.read(undefined);
        draftsOf.owner.restore(turn.conversationId, typed);
        setOpenedId(turn.conversationId);
        // The question is on its way until the page has its new address, and does not vanish from the old one.
        return navigate({ to: '/c/$conversationId', params: { conversationId: turn.conversationId } }).then(() =>
          draftsOf.owner.send(undefined, typed),
        );
      },
      onError(error, asked) {
        draftsOf.owner.restore(asked.conversationId, asked.text);
        if (shown.isAt(asked.conversationId)) {
          setProblem(problemNow(error, asked.conversationId));
        } else {
          notifyProblem('Your question was not sent; it is back where you wrote it', error);
        }
      },
    }),
  );

  function send({ text, scope }: AskedQuestion) {
    setProblem(null);
    setOpenedId(undefined);
    draftsOf.owner.send(conversationId, text);
    mutation.mutate({
      text,
      ...(conversationId !== undefined && { conversationId }),
      ...(scope !== null && { scope }),
    });
  }

  // The page stays while its conversation changes: what belongs to another one is not shown in this one.
  return {
    pending,
    problem: problem !== null && problem.conversationId === conversationId ? problem : null,
    openedId,
    draftId: conversationId ?? (pending === null ? undefined : openedId),
    send,
  };
}

/** Also one that was sent before this page was left and come back to. */
function usePending(conversationId: string | undefined): string | null {
  const sent = useMutationState({
    filters: { mutationKey: trpc.chat.send.mutationKey(), status: 'pending' },
    select: ({ state }) => state.variables as SendInput,
  });
  return sent.findLast((input) => input.conversationId === conversationId)?.text ?? null;
}

function problemNow(error: unknown, conversationId: string | undefined): SendProblem {
  return { ...problemOf(error), at: Date.now(), conversationId };
}

/** Which conversation is on the screen when an answer comes, long after the question was rendered. */
function useShown(conversationId: string | undefined) {
  const shown = useRef<{ conversationId: string | undefined } | null>(null);
  useEffect(() => {
    shown.current = { conversationId };
    return () => {
      shown.current = null;
    };
  }, [conversationId]);
  return {
    isAt: (id: string | undefined) => shown.current !== null && shown.current.conversationId === id,
  };
}
