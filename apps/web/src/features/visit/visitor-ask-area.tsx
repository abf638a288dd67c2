import { useCountdown } from '../../components/use-countdown.ts';
import { Composer } from '../chat/composer.tsx';
import { SendProblem } from '../chat/send-problem.tsx';
import { useComposerKey } from '../chat/use-composer-key.ts';
import type { VisitorChat } from './use-visitor-chat.ts';

interface VisitorAskAreaProps {
  chat: VisitorChat;
  conversationId: string | undefined;
  charactersMax: number;
}

/** Where a visitor asks; a limit that was met is told with the time until it is over. */
export function VisitorAskArea({ chat, conversationId, charactersMax }: VisitorAskAreaProps) {
  const { problem, answering, live, pending, messages, openedId, draftId, send, stop } = chat;
  const blockedMs = useCountdown(problem?.retryAfterMs == null ? null : problem.at + problem.retryAfterMs);
  const composerKey = useComposerKey(conversationId, openedId);
  return (
    <div className="shrink-0 print:hidden px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-5 sm:pb-5">
      <div className="mx-auto flex w-full max-w-[44rem] flex-col gap-3">
        {problem !== null && <SendProblem problem={problem} leftMs={blockedMs} />}
        <Composer
          key={composerKey}
          conversationId={draftId}
          charactersMax={charactersMax}
          answering={answering}
          taken={pending === null || live !== null}
          answer={messages.at(-1)}
          lastQuestion={messages.findLast(({ role }) => role === 'user')?.text}
          blocked={blockedMs > 0}
          onSend={send}
          onStop={stop}
        />
      </div>
    </div>
  );
}
