import { estimateTokens } from '../documents/estimate-tokens.ts';
import type { Passage } from '../retrieval/passage.ts';
import { splitSentences } from './split-sentences.ts';

export interface ContextSize {
  tokensMax: number;
  passagesMax: number;
}

/** What an answer is written from: more rarely holds what the first did not, and always costs. */
export const answerContext: ContextSize = { tokensMax: 3_000, passagesMax: 12 };

/**
 * A passage beside one that was found as well is worth more by this share of what that one is: what answers goes on past
 * the end of a passage. In five long documents, 93.3 % of what answers was in the first 1,500 tokens with this, 92.3 %
 * without; at 0.2, others lost documents over it.
 */
const neighbourShare = 0.1;

/** So many passages of one document keep their value; each further one has this much of what it would have had before. */
const freePassages = 3;
const furtherShare = 0.8;

/**
 * Of the passages found, those to answer from: the best ones that fit, best first. A neighbour of one that was found is
 * preferred, and so are other documents, unless one is much better. Where the next passage does not fit any more, its
 * first sentences that do close the list. The best one is there whatever its size, whole where not one sentence of it fits.
 */
export function choosePassages(
  found: readonly Passage[],
  { tokensMax, passagesMax }: ContextSize,
  countTokens: (passage: Passage) => number = ({ content }) => estimateTokens(content),
): Passage[] {
  const chosen: Passage[] = [];
  let tokensLeft = tokensMax;
  for (const passage of orderByValue(found).slice(0, passagesMax)) {
    const fitting = startThatFits(passage, tokensLeft, countTokens);
    if (fitting !== undefined) chosen.push(fitting);
    // The best one is what there is to answer from: whoever reads it shortens it further.
    else if (chosen.length === 0) chosen.push(passage);
    if (fitting !== passage) break;
    tokensLeft -= countTokens(passage);
  }
  return chosen;
}

function orderByValue(found: readonly Passage[]): Passage[] {
  const scores = new Map(found.map((passage) => [placeOf(passage), passage.score]));
  const taken = new Map<string, number>();
  return found
    .map((passage) => {
      const beside = [1, -1].map((step) => scores.get(placeOf(passage, step)) ?? 0);
      return { passage, value: passage.score + neighbourShare * Math.max(...beside) };
    })
    .toSorted((a, b) => b.value - a.value)
    .map(({ passage, value }) => {
      const count = (taken.get(passage.documentId) ?? 0) + 1;
      taken.set(passage.documentId, count);
      return { passage, value: value * furtherShare ** Math.max(0, count - freePassages) };
    })
    .toSorted((a, b) => b.value - a.value)
    .map(({ passage }) => passage);
}

function placeOf({ versionId, ordinal }: Passage, step = 0): string {
  return `${versionId} ${ordinal + step}`;
}

/** All of the passage, or its first sentences, as many as fit; undefined when not even one does. */
function startThatFits(
  passage: Passage,
  tokensMax: number,
  countTokens: (passage: Passage) => number,
): Passage | undefined {
  if (countTokens(passage) <= tokensMax) return passage;
  const { content, startOffset } = passage;
  return splitSentences(content)
    .map(({ end }) => ({ ...passage, content: content.slice(0, end), endOffset: startOffset + end }))
    .findLast((start) => countTokens(start) <= tokensMax);
}
