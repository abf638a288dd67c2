/** What the gate knows of one passage. */
export interface RelevanceEvidence {
  /** Share of the question's weight the passage holds, rare words counting more. */
  weightedCoverage: number;
  similarity: number | null;
}

/** From this cosine similarity on, meaning alone is enough; a provider whose similarities say little has none. */
const similarityMin = { builtin: null, openai: 0.45 } as const;

/**
 * The share of a question's weight that one passage has to hold. A short question needs more: of two words, the common
 * one alone ("capital" without "Mongolia") already weighs half.
 *
 * Measured with 60 questions a library against 75 to 135 about other things, passing on-topic / off-topic: 240
 * encyclopedia paragraphs 97 % / 8 %, 15 of them 93 % / 1 %, 232 documentation sections 95 % / 9 %. A flat 0.4 passed
 * 97 / 16, 93 / 4 and 95 / 12. What still passes shares rare words with the documents and is near their topic.
 */
function coverageMin(questionWordCount: number): number {
  return 0.3 + 0.6 / Math.max(1, questionWordCount);
}

/**
 * How surely the found passages have to do with a question, as a multiple of what the gate asks for: 1 and above may hold
 * an answer. A filter against questions that have nothing to do with the documents, no more: a near miss passes, and only
 * a model can tell that one.
 */
export function relevanceOf(
  questionWordCount: number,
  evidence: readonly RelevanceEvidence[],
  provider: 'builtin' | 'openai',
): number {
  const similar = similarityMin[provider];
  const shares = evidence.map(({ weightedCoverage, similarity }) =>
    Math.max(
      questionWordCount > 0 ? weightedCoverage / coverageMin(questionWordCount) : 0,
      similar !== null && similarity !== null ? similarity / similar : 0,
    ),
  );
  return Math.max(0, ...shares);
}
