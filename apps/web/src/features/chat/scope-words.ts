import { formatCount, formatDate } from '../../format.ts';
import type { AnswerScope } from '../../views.ts';

/** "Letters, #family, added from 1 May 2026": the part of the library that was asked. */
export function scopeWords({ collectionName, tags = [], documentIds, addedFrom, addedBefore }: AnswerScope): string {
  return [
    collectionName,
    ...tags.map((tag) => `#${tag}`),
    documentIds && formatCount(documentIds.length, 'document'),
    addedFrom && `added from ${formatDate(addedFrom)}`,
    addedBefore && `added before ${formatDate(addedBefore)}`,
  ]
    .filter((words) => words !== undefined)
    .join(', ');
}
