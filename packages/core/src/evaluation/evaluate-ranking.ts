import { answerContext, choosePassages } from '../chat/choose-passages.ts';
import { earlierQuestionsOf } from '../chat/earlier-questions.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { RetrievalInput } from '../retrieval/retrieve.ts';
import type { GoldenQuestion } from './golden-question.ts';
import { holdsWords } from './holds-words.ts';
import { ndcgAt, recallAt, reciprocalRankAt } from './ranking-metrics.ts';

export interface RankingEvaluation {
  /** Documents by their best passage, best first, ten at most. */
  ranking: string[];
  recall: number | null;
  reciprocalRank: number | null;
  ndcg: number | null;
  /** Share of the expected quotes that the passages found hold. */
  passageRecall: number | null;
}

const depth = 10;
/** Passages looked at, so that ten different documents are among them. */
const passagesRanked = 50;

/**
 * How well a search finds what is expected. The search is given by the caller, so that an index that does not answer
 * questions yet can be measured before it does.
 */
export async function evaluateRanking(
  golden: GoldenQuestion,
  search: (input: RetrievalInput) => Promise<readonly Passage[]>,
): Promise<RankingEvaluation> {
  const earlierQuestions = earlierQuestionsOf(golden.history);
  const passages = await search({ question: golden.question, limit: passagesRanked, earlierQuestions });
  const ranking = [...new Set(passages.map(({ documentId }) => documentId))];
  const judgements = new Map(golden.expected.map(({ documentId }) => [documentId, 1]));
  const quotes = golden.expected.flatMap(({ quote }) => quote ?? []);
  const read = choosePassages(passages, answerContext);
  const found = quotes.filter((quote) => read.some(({ content }) => holdsWords(content, quote)));
  return {
    ranking: ranking.slice(0, depth),
    recall: recallAt(depth, ranking, judgements) ?? null,
    reciprocalRank: reciprocalRankAt(depth, ranking, judgements) ?? null,
    ndcg: ndcgAt(depth, ranking, judgements) ?? null,
    passageRecall: quotes.length === 0 ? null : found.length / quotes.length,
  };
}
