import type { Tx } from '@twin/db/db';
import { eraseFromAnswers, lockVersionsThere } from '@twin/db/queries/answer-sources';
import type { TwinScope } from '@twin/db/scope';
import type { AnswerSource } from './message-view.ts';

/**
 * Of an answer that has just been stored: what it found in documents that were erased while it was written goes, as it goes
 * from those that were stored before. Documents that are erased from here on wait for the end of `tx`.
 */
export async function eraseWithdrawn(tx: Tx, scope: TwinScope, sources: readonly AnswerSource[]): Promise<void> {
  const versionIds = [...new Set(sources.map(({ versionId }) => versionId))];
  const there = new Set(await lockVersionsThere(tx, scope, versionIds));
  const gone = sources.filter(({ versionId }) => !there.has(versionId)).map(({ documentId }) => documentId);
  if (gone.length > 0) await eraseFromAnswers(tx, scope, gone);
}
