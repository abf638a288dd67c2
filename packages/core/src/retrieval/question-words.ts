import { listQuestionLexemes } from '@twin/db/queries/lexemes';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';

/** A question's stemmed content words, each weighted by how rare it is in the twin's documents. */
export type QuestionWords = ReadonlyMap<string, number>;

/** Stems of words that shape a question and say little about what it is about ("How many …", "Tell me about …"). */
const shapingWords = new Set(
  `mani much long often tell give show explain describ pleas know list mean kind sort thing happen detail inform
  question answer document file text find`.split(/\s+/),
);
const shapingWordShare = 0.25;

export async function findQuestionWords(deps: Deps, scope: TwinScope, question: string): Promise<QuestionWords> {
  const lexemes = await listQuestionLexemes(deps.db, scope, question);
  return new Map(
    lexemes.map(({ lexeme, rarity }) => [lexeme, shapingWords.has(lexeme) ? shapingWordShare * rarity : rarity]),
  );
}

/** Share of the question's weight that a text holds, 0 to 1: rare words count more. */
export function weightedCoverage(question: QuestionWords, words: ReadonlySet<string>): number {
  let all = 0;
  let held = 0;
  for (const [word, weight] of question) {
    all += weight;
    if (words.has(word)) held += weight;
  }
  return all === 0 ? 0 : held / all;
}
