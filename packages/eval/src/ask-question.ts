import { choosePassages } from '@twin/core/chat/choose-passages';
import { earlierQuestionsOf } from '@twin/core/chat/earlier-questions';
import type { Citation } from '@twin/core/chat/message-view';
import { isInBold } from '@twin/core/chat/say-stretch';
import { splitSentences } from '@twin/core/chat/split-sentences';
import type { Deps } from '@twin/core/deps';
import { ndcgAt, recallAt, reciprocalRankAt } from '@twin/core/evaluation/ranking-metrics';
import { holdsSpan, spanRecall, type TextSpan } from '@twin/core/evaluation/text-span';
import type { Passage } from '@twin/core/retrieval/passage';
import { retrieve } from '@twin/core/retrieval/retrieve';
import type { TwinScope } from '@twin/db/scope';
import type { DataSetQuestion } from './data-set.ts';
import type { Library } from './open-library.ts';
import { type Quoted, quoteQuestion } from './quote-question.ts';

/** What one question came to. Measures are 0 to 1; undefined where the set judges no such thing. */
export interface QuestionResult {
  id: string;
  group: string | undefined;
  /** Documents by their best passage, best first, ten at most. */
  ranking: string[];
  recallAt3: number | undefined;
  recallAt10: number | undefined;
  reciprocalRank: number | undefined;
  ndcg: number | undefined;
  /** Whether the first quoted stretch, or one of the first three, holds the answer. */
  answerHitAt1: number | undefined;
  answerHitAt3: number | undefined;
  /** The same of single sentences, a stretch may be several: those of each from the one in bold on, then what stands before it. */
  sentenceHitAt1: number | undefined;
  sentenceHitAt3: number | undefined;
  goldSpanRecall: number | undefined;
  relevance: number;
  /** Whether the documents answer it; undefined when nobody judged that. */
  answerable: boolean | undefined;
  refused: boolean;
  retrieveMs: number;
}

const depth = 10;
/** Passages looked at, so that ten different documents are among them. */
const passagesRanked = 50;
const budgetTokens = 1_500;
/** As the reference values count them. */
const tokensPerWord = 1.3;

/** Asks the product one question of a data set, without a chat model, and holds what comes against the judgements. */
export async function askQuestion(
  deps: Deps,
  scope: TwinScope,
  { library, question, signal }: { library: Library; question: DataSetQuestion; signal: AbortSignal },
): Promise<QuestionResult> {
  const { id, text, history, group } = question;
  const started = performance.now();
  const earlierQuestions = earlierQuestionsOf(history);
  const found = await retrieve(deps, scope, { question: text, limit: passagesRanked, earlierQuestions, signal });
  const retrieveMs = performance.now() - started;
  const ranking = [...new Set(found.passages.map(({ documentId }) => documentId))];
  const judgements = judgementsOfHolders(question, library);
  const answers = library.locate(question.answerSpans);
  const quoted = answers.length === 0 ? nothingQuoted : await quoteQuestion(deps, scope, { question, signal });
  const stretches = quoted.citations.map(toSpan);
  const sentences = sentencesOf(quoted);
  return {
    id,
    group,
    ranking: ranking.slice(0, depth),
    recallAt3: recallAt(3, ranking, judgements),
    recallAt10: recallAt(depth, ranking, judgements),
    reciprocalRank: reciprocalRankAt(depth, ranking, judgements),
    ndcg: ndcgAt(depth, ranking, judgements),
    answerHitAt1: answerHit(stretches.slice(0, 1), answers),
    answerHitAt3: answerHit(stretches.slice(0, 3), answers),
    sentenceHitAt1: answerHit(sentences.slice(0, 1), answers),
    sentenceHitAt3: answerHit(sentences.slice(0, 3), answers),
    goldSpanRecall: spanRecall(library.locate(question.goldSpans), withinBudget(found.passages).map(toSpan)),
    relevance: found.relevance,
    answerable: question.answerable ?? (judgements.size > 0 ? true : undefined),
    refused: !found.relevant,
    retrieveMs,
  };
}

/** Of documents that read the same, one is held: it has the highest of their grades. */
function judgementsOfHolders({ judgements }: DataSetQuestion, library: Library): Map<string, number> {
  const graded = new Map<string, number>();
  for (const [corpusId, grade] of judgements) {
    const holder = library.holderOf(corpusId);
    graded.set(holder, Math.max(grade, graded.get(holder) ?? 0));
  }
  return graded;
}

const nothingQuoted = { text: '', citations: [] };

function answerHit(quoted: readonly TextSpan[], answers: readonly TextSpan[]): number | undefined {
  if (answers.length === 0) return undefined;
  return quoted.some((span) => answers.some((answer) => holdsSpan(span, answer))) ? 1 : 0;
}

/** As they are read, those of each quote from the one in bold on, then what stands before it. */
function sentencesOf({ text, citations }: Omit<Quoted, 'outcome'>): TextSpan[] {
  return citations.flatMap(({ documentId, startOffset, quote }) => {
    const sentences = splitSentences(quote);
    const inBold = sentences.findIndex(({ start, end }) => isInBold(text, quote.slice(start, end)));
    const first = Math.max(0, inBold);
    return [...sentences.slice(first), ...sentences.slice(0, first)].map(({ start, end }) => ({
      documentId,
      start: startOffset + start,
      end: startOffset + end,
    }));
  });
}

/** Those that an answer with so many tokens to read would be written from. */
function withinBudget(passages: readonly Passage[]): Passage[] {
  const size = { tokensMax: budgetTokens, passagesMax: passagesRanked };
  return choosePassages(passages, size, ({ content }) => (content.match(/\S+/g) ?? []).length * tokensPerWord);
}

function toSpan({ documentId, startOffset, endOffset }: Passage | Citation): TextSpan {
  return { documentId, start: startOffset, end: endOffset };
}
