import type { Tx } from '@twin/db/db';
import { countRunningVisitorAnswers } from '@twin/db/queries/visitor-answers';
import { AppError } from '../app-error.ts';
import { staleAnswerMs } from '../chat/end-stale-answers.ts';
import { limits } from '../limits.ts';
import type { Visitor } from '../principal.ts';

/** Most answers have ended by then. */
const retryAfterMs = 5_000;

/**
 * Whether one more answer may be begun for a visitor. The transaction is the only one that begins one until it ends.
 * @throws AppError `rate-limited` while as many are being written as may be.
 */
export async function assertAnswerFree(tx: Tx, { scope, visitorId }: Visitor): Promise<void> {
  const { own, all } = await countRunningVisitorAnswers(tx, scope, visitorId, staleAnswerMs);
  if (own >= limits.visitorAnswersAtOnceMax) {
    const message = `You are being answered ${limits.visitorAnswersAtOnceMax} questions already. Wait for one, or stop it, then ask.`;
    throw new AppError('rate-limited', message, { retryAfterMs, reason: 'visitor-answers' });
  }
  if (all >= limits.visitorsAnswersAtOnceMax) {
    const message = 'The twin is answering as many visitors as it can. Wait a moment, then ask.';
    throw new AppError('rate-limited', message, { retryAfterMs, reason: 'visitors-answers' });
  }
}
