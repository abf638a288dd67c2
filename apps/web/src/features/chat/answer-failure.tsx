import { RotateCw } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useCountdown } from '../../components/use-countdown.ts';
import { formatWait } from '../../format.ts';
import type { MessageView } from '../../views.ts';
import { retryAtOf } from './retry-at.ts';

interface AnswerFailureProps {
  message: MessageView;
  /** Whether it is announced: an old failure is read where it stands. */
  isNews: boolean;
  /** Null while another answer is being written. */
  onRetry: (() => void) | null;
}

/** Why there is no answer, and the way on. Where the model asked for patience, the button waits as long. */
export function AnswerFailure({ message, isNews, onRetry }: AnswerFailureProps) {
  const { error } = message;
  const leftMs = useCountdown(retryAtOf(message));
  return (
    <Notice
      tone="danger"
      silent={!isNews}
      actions={
        <Button size="small" onClick={onRetry ?? undefined} disabled={onRetry === null || leftMs > 0}>
          <RotateCw aria-hidden className="size-4" />
          {leftMs > 0 ? `Retry in ${formatWait(leftMs)}` : 'Retry'}
        </Button>
      }
    >
      {error?.message ?? 'The answer could not be finished. Try again.'}
    </Notice>
  );
}
