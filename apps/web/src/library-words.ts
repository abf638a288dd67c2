import { formatNumber } from './format.ts';
import type { TwinStatus } from './views.ts';

/** Whether there is no document in whatever state. */
export function isEmptyLibrary({ documents }: Pick<TwinStatus, 'documents'>): boolean {
  return documents.total === 0;
}

/** How many documents there are, and how many of them are being read: “48”, “19 of 48”; nothing of an empty library. */
export function wordsOfCount({ inProgress, total }: Pick<TwinStatus['documents'], 'inProgress' | 'total'>): string {
  if (total === 0) return '';
  return inProgress === 0 ? formatNumber(total) : `${formatNumber(inProgress)} of ${formatNumber(total)}`;
}

/** What of the documents is not ready, and why, in the words of their list: “2 being read”, “1 locked”. */
export function wordsOfUnready({ inProgress, failed, retryable, locked, canceled }: TwinStatus['documents']): string[] {
  const unreadable = failed - retryable - locked;
  return [
    { count: inProgress, state: 'being read' },
    { count: retryable, state: 'failed' },
    { count: locked, state: 'locked' },
    { count: unreadable, state: 'not readable' },
    { count: canceled, state: 'canceled' },
  ].flatMap(({ count, state }) => (count > 0 ? [`${count} ${state}`] : []));
}
