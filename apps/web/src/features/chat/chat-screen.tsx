import { useMutation } from '@tanstack/react-query';
import { PageTitle } from '../../components/page-title.tsx';
import { notifyProblem } from '../../components/toaster.tsx';
import { useCountdown } from '../../components/use-countdown.ts';
import { trpc } from '../../trpc.ts';
import { useTwinStatus } from '../../use-twin-status.ts';
import { rememberOpener } from './citation-opener.ts';
import { findCited } from './cite-address.ts';
import { Composer } from './composer.tsx';
import { SendProblem } from './send-problem.tsx';
import { SourcePanel } from './source-panel.tsx';
import { Transcript } from './transcript.tsx';
import { Turn } from './turn.tsx';
import { turnsOf } from './turns-of.ts';
import { useAnswerAnnouncements } from './use-answer-announcements.ts';
import { useConversation } from './use-conversation.ts';
import { useLiveAnswer } from './use-live-answer.ts';
import { useSend } from './use-send.ts';
import { ReadingNote, Welcome } from './welcome.tsx';

/** Until the server has said how long a question may be. */
const charactersMaxBeforeStatus = 8_000;

interface ChatScreenProps {
  conversationId: string | undefined;
  cite: string | undefined;
  onCite: (address: string | undefined) => void;
}

export function ChatScreen({ conversationId, cite, onCite }: ChatScreenProps) {
  const status = useTwinStatus().data;
  const { conversation, messages: stored, isLoading } = useConversation(conversationId);
  const live = useLiveAnswer(stored.at(-1));
  const messages = live === null ? stored : [...stored.slice(0, -1), live.message];
  const { pending: asked, problem, send } = useSend(conversationId);
  const pending = messages.some(({ id }) => id === asked?.messageId) ? null : asked;
  const blockedMs = useCountdown(problem?.retryAfterMs == null ? null : problem.at + problem.retryAfterMs);
  const stop = useMutation(
    trpc.chat.stop.mutationOptions({ onError: (error) => notifyProblem('The answer could not be stopped', error) }),
  );
  const answering = live !== null || pending !== null;
  useAnswerAnnouncements(answering, messages.at(-1));

  function openCitation(address: string) {
    rememberOpener();
    onCite(address);
  }

  const turns = turnsOf(messages);
  const isNew = conversationId === undefined && pending === null;
  return (
    <>
      <PageTitle title={conversation?.title} />
      <main id="content" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
        {isNew ? (
          <div className="min-h-0 flex-1 overflow-y-auto">
            {status !== undefined && <Welcome status={status} onAsk={(question) => send(question)} />}
          </div>
        ) : (
          <Transcript cite={isLoading ? undefined : cite} askedCount={pending === null ? 0 : turns.length + 1}>
            <h1 className="sr-only">{conversation?.title ?? 'New conversation'}</h1>
            {isLoading && <TurnSkeleton />}
            {turns.map(({ id, question, answer }, at) => (
              <Turn
                key={id}
                question={question}
                answer={answer}
                progress={answer !== undefined && live?.message.id === answer.id ? live : null}
                readyDocuments={status?.documents.ready}
                openAddress={cite}
                isLast={at === turns.length - 1}
                onOpenCitation={openCitation}
                onAsk={send}
              />
            ))}
            {pending !== null && (
              <Turn
                question={pending.text}
                answer={undefined}
                progress={null}
                readyDocuments={status?.documents.ready}
                openAddress={cite}
                isLast
                onOpenCitation={openCitation}
                onAsk={send}
              />
            )}
          </Transcript>
        )}
        <div className="shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-5 sm:pb-5">
          <div className="mx-auto flex w-full max-w-[44rem] flex-col gap-3">
            {!isNew && (status?.documents.inProgress ?? 0) > 0 && (
              <ReadingNote count={status?.documents.inProgress ?? 0} />
            )}
            {problem !== null && <SendProblem problem={problem} leftMs={blockedMs} />}
            <Composer
              key={conversationId ?? 'new'}
              conversationId={conversationId}
              charactersMax={status?.limits.questionCharactersMax ?? charactersMaxBeforeStatus}
              answering={answering}
              blocked={blockedMs > 0}
              onSend={send}
              onStop={() => live !== null && stop.mutate({ messageId: live.message.id })}
            />
          </div>
        </div>
      </main>
      <SourcePanel
        address={cite}
        passage={cite === undefined || isLoading ? undefined : (findCited(messages, cite) ?? null)}
        onClose={() => onCite(undefined)}
      />
    </>
  );
}

function TurnSkeleton() {
  return (
    <div aria-hidden className="flex animate-breathe flex-col gap-3">
      <div className="mb-3 h-7 w-2/3 rounded-md bg-hover" />
      <div className="h-4 rounded bg-hover" />
      <div className="h-4 rounded bg-hover" />
      <div className="h-4 w-4/5 rounded bg-hover" />
    </div>
  );
}
