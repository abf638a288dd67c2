import type { AnswerScope } from '../../views.ts';

/** "Letters, #family": the part of the library that was asked. */
export function scopeWords({ collectionName, tags = [] }: AnswerScope): string {
  return [...(collectionName === undefined ? [] : [collectionName]), ...tags.map((tag) => `#${tag}`)].join(', ');
}
