import type { MessageView } from '../../views.ts';

/** When a failed answer may be asked for again, as the model wished when it failed; null for at once. */
export function retryAtOf({ error, endedAt }: Pick<MessageView, 'error' | 'endedAt'>): number | null {
  return error?.retryAfterMs == null || endedAt === null ? null : Date.parse(endedAt) + error.retryAfterMs;
}
