import type { Db } from '@twin/db/db';
import { findTextStretch, listTextStarts, type TextPart } from '@twin/db/queries/document-texts';
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
  const stretch = live && (await findTextStretch(db, scope, live.versionId, citation));
  if (live === undefined || stretch === undefined) return { standing: 'withdrawn' };
  const near = findAgain(stretch, live.versionId, citation);
  const isChanged = near.standing === 'changed' && live.versionId !== citation.versionId;
  return isChanged ? await findElsewhere(db, scope, live.versionId, citation) : near;
}

/**
 * Exactly, at its offsets, is the only way a citation of the live version can be; a newer one is searched for it, near where
 * it was.
 * @param stretch of the version's text.
 */
export function findAgain(
  { start, text }: Pick<TextPart, 'start' | 'text'>,
  versionId: number,
  citation: Citation,
): CheckedCitation {
  const { startOffset, endOffset, quote } = citation;
  const from = startOffset - start;
  if (from >= 0 && text.slice(from, endOffset - start) === quote) {
    return { standing: 'unchanged', versionId, startOffset, endOffset };
  }
  const range = versionId === citation.versionId ? undefined : locateQuote(text, quote, from)?.range;
  if (range === undefined) return { standing: 'changed' };
  return { standing: 'moved', versionId, startOffset: start + range.start, endOffset: start + range.end };
}

/** A quote is looked for so far from where it was: in all of any document but a long table. */
const searchedCharacters = 20_000_000;

/** In the parts of a long text, the nearest first, each with the beginning of the one behind it. */
async function findElsewhere(
  db: Db,
  scope: TwinScope,
  versionId: number,
  citation: Citation,
): Promise<CheckedCitation> {
  const { startOffset, quote } = citation;
  const starts = await listTextStarts(db, scope, versionId);
  const parts = starts.map((start, index) => ({ start, end: starts[index + 1] ?? start + 2 * quote.length }));
  const distance = (part: { start: number; end: number }) =>
    Math.max(part.start - startOffset, startOffset - part.end, 0);
  for (const part of parts.toSorted((a, b) => distance(a) - distance(b))) {
    if (distance(part) > searchedCharacters) break;
    const place = { startOffset: part.start, endOffset: part.end + 2 * quote.length };
    const stretch = await findTextStretch(db, scope, versionId, place);
    const found = stretch && findAgain(stretch, versionId, citation);
    if (found !== undefined && found.standing !== 'changed') return found;
  }
  return { standing: 'changed' };
}
