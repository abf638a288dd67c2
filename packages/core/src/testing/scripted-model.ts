import { AppError } from '../app-error.ts';
import type { ChatModel, ChatPrompt, TokenCounts } from '../ports.ts';

export type ModelStep =
  | string
  /** Silence until the request is aborted. */
  | { stall: true }
  | { retry: { waitMs: number; reason: string } }
  | { usage: TokenCounts }
  | { fail: Error };

export interface ScriptedModel extends ChatModel {
  prompts: ChatPrompt[];
  /** When the last request was aborted by its signal; null before. */
  abortedAt: number | null;
}

/** A chat model that plays the same steps for every prompt. */
export function createScriptedModel(steps: readonly ModelStep[]): ScriptedModel {
  const model: ScriptedModel = {
    modelName: 'scripted',
    prompts: [],
    abortedAt: null,
    async *stream(prompt, { signal, onRetry, onUsage }) {
      model.prompts.push(prompt);
      for (const step of steps) {
        signal.throwIfAborted();
        if (typeof step === 'string') yield step;
        else if ('fail' in step) throw step.fail;
        else if ('usage' in step) onUsage?.(step.usage);
        else if ('retry' in step) onRetry?.(step.retry.waitMs, step.retry.reason);
        else await aborted(signal, model);
      }
    },
  };
  return model;
}

async function aborted(signal: AbortSignal, model: ScriptedModel): Promise<never> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  model.abortedAt = Date.now();
  throw new AppError('canceled', 'The answer was stopped.');
}
