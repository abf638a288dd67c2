import { Notice } from '../../components/notice.tsx';
import { formatWait } from '../../format.ts';
import type { Problem } from '../../problem.ts';

/** Why a question was not taken, next to where it was typed. Its text is back in the field. */
export function SendProblem({ problem, leftMs }: { problem: Problem; leftMs: number }) {
  return (
    <Notice tone="danger">
      {problem.message}
      {problem.retryAfterMs !== null && (
        // The alert has been spoken; a number that changes each second need not be.
        <span aria-live="off" className="tabular block font-medium">
          {leftMs > 0 ? `You can send again in ${formatWait(leftMs)}.` : 'You can send again now.'}
        </span>
      )}
      {problem.requestId !== null && problem.code === 'internal' && (
        <span className="block text-xs">Request {problem.requestId}</span>
      )}
    </Notice>
  );
}
