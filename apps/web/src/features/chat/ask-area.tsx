import { useCountdown } from '../../components/use-countdown.ts';
import type { TwinStatus } from '../../views.ts';
import { Composer } from './composer.tsx';
import { ScopeChoice } from './scope-choice.tsx';
import { SendProblem } from './send-problem.tsx';
import type { Chat } from './use-chat.ts';
import { useComposerKey } from './use-composer-key.ts';
import { ReadingNote } from './welcome.tsx';

/** Until the server has said how long a question may be. */
const charactersMaxBeforeStatus = 8_000;

interface AskAreaProps {
  chat: Chat;
  conversationId: string | undefined;
  status: TwinStatus | undefined;
  /** True on the welcome page, which says itself what is still being read. */
  isNew: boolean;
}

/** Where one asks, and what one has to know while asking. */
export function AskArea({ chat, conversationId, status, isNew }: AskAreaProps) {
  const { problem, answering, send, stop } = chat;
  const blockedMs = useCountdown(problem?.retryAfterMs == null ? null : problem.at + problem.retryAfterMs);
  const composerKey = useComposerKey(conversationId, chat.openedId);
  const inProgress = status?.documents.inProgress ?? 0;
  return (
    <div className="shrink-0 print:hidden px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-5 sm:pb-5">
      <div className="mx-auto flex w-full max-w-[44rem] flex-col gap-3">
        {!isNew && inProgress > 0 && <ReadingNote count={inProgress} />}
        {problem !== null && <SendProblem problem={problem} leftMs={blockedMs} />}
        <ScopeChoice scope={chat.scope} onChange={chat.setScope} />
        <Composer
          key={composerKey}
          conversationId={chat.draftId}
          charactersMax={status?.limits.questionCharactersMax ?? charactersMaxBeforeStatus}
          answering={answering}
          taken={chat.pending === null || chat.live !== null}
          answer={chat.messages.at(-1)}
          lastQuestion={chat.messages.findLast(({ role }) => role === 'user')?.text}
          blocked={blockedMs > 0}
          onSend={send}
          onStop={stop}
        />
      </div>
    </div>
  );
}
