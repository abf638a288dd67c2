import type { ChatModel, ChatPrompt, TokenCounts } from '../ports.ts';

export type ModelStep =
  | { type: 'text'; text: string }
  | { type: 'model-retry'; waitMs: number; reason: string }
  /** The endpoint ended the answer at its limit of tokens. */
  | { type: 'model-cut' }
  /** At most once, at the end: what the endpoint counted. */
  | ({ type: 'model-end' } & TokenCounts);

/**
 * A model's text with its retries in between, each told when the wait begins and not when it is over. Leaving the loop
 * closes the upstream request.
 */
export async function* streamWithRetries(
  model: ChatModel,
  prompt: ChatPrompt,
  { signal, answerTokensMax }: { signal: AbortSignal; answerTokensMax?: number | undefined },
): AsyncGenerator<ModelStep> {
  const left = new AbortController();
  const retries: ModelStep[] = [];
  let counted: TokenCounts | undefined;
  let cut = false;
  let announce = (): void => undefined;
  const stream = model.stream(prompt, {
    signal: AbortSignal.any([signal, left.signal]),
    answerTokensMax,
    onRetry(waitMs, reason) {
      retries.push({ type: 'model-retry', waitMs, reason });
      announce();
    },
    onUsage(counts) {
      counted = counts;
    },
    onCut() {
      cut = true;
    },
  });
  const deltas = stream[Symbol.asyncIterator]();
  let next = deltas.next();
  try {
    for (;;) {
      const announced = new Promise<'retry'>((resolve) => {
        announce = () => resolve('retry');
      });
      const step = retries.length > 0 ? 'retry' : await Promise.race([next, announced]);
      yield* retries.splice(0);
      if (step === 'retry') continue;
      if (step.done) break;
      yield { type: 'text', text: step.value };
      next = deltas.next();
    }
    if (cut) yield { type: 'model-cut' };
    if (counted !== undefined) yield { type: 'model-end', ...counted };
  } finally {
    left.abort();
    // Its failure, should the abort be one, has no one left to hear it.
    next.catch(() => undefined);
    await deltas.return?.().catch(() => undefined);
  }
}
