import { countDocuments } from '@twin/db/queries/stats';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { Answer } from './answer-event.ts';
import { toSource } from './to-citation.ts';

/** Says that there is nothing to answer from, or not yet. */
export async function* answerEmptyLibrary(deps: Deps, scope: TwinScope): Answer {
  yield { type: 'search-end', sources: [] };
  const { inProgress } = await countDocuments(deps.db, scope);
  const text =
    inProgress > 0
      ? 'Your documents are still being read, so there is nothing to answer from yet. Ask again when the first one is ready.'
      : 'There are no documents to answer from yet. Add some, or load the sample collection, then ask again.';
  yield { type: 'text-delta', text };
  return { outcome: 'empty-library', model: null };
}

/** Says that the part of the library that was asked holds nothing to answer from. */
export async function* answerEmptyPart(): Answer {
  yield { type: 'search-end', sources: [] };
  const text =
    'The part of your library that you asked has no documents that are ready. Add some to it, or ask everything.';
  yield { type: 'text-delta', text };
  return { outcome: 'nothing-relevant', model: null };
}

/** Says that the documents are about something else, with the nearest passages as sources. */
export async function* answerNothingRelevant(nearest: readonly Passage[]): Answer {
  yield { type: 'search-end', sources: nearest.map(toSource) };
  const text =
    nearest.length > 0
      ? 'I found nothing in your documents that answers this. The nearest passages are listed as sources; they may be about something else.'
      : 'I found nothing in your documents that answers this.';
  yield { type: 'text-delta', text };
  return { outcome: 'nothing-relevant', model: null };
}
