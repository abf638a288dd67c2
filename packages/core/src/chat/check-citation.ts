import { findDocumentText } from '@twin/db/queries/document-texts';
import { listLiveVersions } from '@twin/db/queries/live-versions';
import { findMessage } from '@twin/db/queries/messages';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { locateQuote } from './locate-quote.ts';
import type { Citation } from './message-view.ts';

/**
 * What became of a cited quote. `unchanged`: its document says it where it did. `moved`: a newer version says it, at
 * another place. `changed`: the newer version no longer says it. `withdrawn`: the document is gone.
 */
export type CheckedCitation =
  | { standing: 'unchanged' | 'moved'; versionId: number; startOffset: number; endOffset: number }
  | { standing: 'changed' | 'withdrawn' };

/**
 * Looks a citation up in its document as it is now.
 * @throws AppError `not-found` when the answer is gone or has no such citation.
 */
export async function checkCitation(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  { messageId, number }: { messageId: string; number: number },
): Promise<CheckedCitation> {
  const message = await findMessage(db, scope, messageId);
  const citation = (message?.citations as Citation[] | undefined)?.find((candidate) => candidate.number === number);
  if (citation === undefined) {
    throw new AppError('not-found', 'This answer has no such citation; its conversation may have been deleted.');
  }
  const [live] = await listLiveVersions(db, scope, [citation.documentId]);
  const text = live && (await findDocumentText(db, scope, live.versionId));
  if (live === undefined || text === undefined) return { standing: 'withdrawn' };
  return findAgain(text.canonicalText, live.versionId, citation);
}

/** Exactly, at its offsets, is the only way a citation of the live version can be; a newer one is searched for it, near where it was. */
export function findAgain(text: string, versionId: number, citation: Citation): CheckedCitation {
  const { startOffset, endOffset, quote } = citation;
  if (text.slice(startOffset, endOffset) === quote) {
    return { standing: 'unchanged', versionId, startOffset, endOffset };
  }
  const located = versionId === citation.versionId ? undefined : locateQuote(text, quote, startOffset);
  if (located === undefined) return { standing: 'changed' };
  return { standing: 'moved', versionId, startOffset: located.range.start, endOffset: located.range.end };
}
