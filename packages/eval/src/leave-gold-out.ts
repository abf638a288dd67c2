import type { AnswerOutcome } from '@twin/core/chat/message-view';
import type { Deps } from '@twin/core/deps';
import type { TwinScope } from '@twin/db/scope';
import type { DataSetQuestion } from './data-set.ts';
import type { Library } from './open-library.ts';
import { quoteQuestion } from './quote-question.ts';

/** How an answer without a chat model speaks: it quotes, quotes what is nearest as being in doubt, or refuses. */
export type Certainty = 'sure' | 'inDoubt' | 'refused';

export interface LeaveGoldOut {
  questions: { id: string; whole: Certainty; goldLeftOut: Certainty }[];
  /** Shares of these, 0 to 1: with the whole library, and with the documents that answer the question hidden from it. */
  whole: Record<Certainty, number>;
  goldLeftOut: Record<Certainty, number>;
}

const certaintyOf: Record<AnswerOutcome, Certainty> = {
  answered: 'sure',
  quoted: 'sure',
  unsupported: 'inDoubt',
  'nothing-relevant': 'refused',
  'empty-library': 'refused',
};

/**
 * Asks each question that has relevant documents twice: as it is, and with these documents hidden, which leaves the subject
 * without the answer. How rare a word is stays what it is in the whole library. Undefined where no question has any.
 */
export async function leaveGoldOut(
  deps: Deps,
  scope: TwinScope,
  input: {
    library: Library;
    asked: readonly DataSetQuestion[];
    signal: AbortSignal;
    onProgress: () => void;
  },
): Promise<LeaveGoldOut | undefined> {
  const { library, asked, signal, onProgress } = input;
  const questions: LeaveGoldOut['questions'] = [];
  for (const question of asked) {
    signal.throwIfAborted();
    const gold = relevantHolders(question, library);
    if (gold.size > 0 && question.answerable !== false) {
      const documentIds = library.documentIds.filter((id) => !gold.has(id));
      const whole = await quoteQuestion(deps, scope, { question, signal });
      const goldLeftOut = await quoteQuestion(deps, scope, { question, filter: { documentIds }, signal });
      questions.push({
        id: question.id,
        whole: certaintyOf[whole.outcome],
        goldLeftOut: certaintyOf[goldLeftOut.outcome],
      });
    }
    onProgress();
  }
  if (questions.length === 0) return undefined;
  return {
    questions,
    whole: sharesOf(questions.map(({ whole }) => whole)),
    goldLeftOut: sharesOf(questions.map(({ goldLeftOut }) => goldLeftOut)),
  };
}

function relevantHolders({ judgements }: DataSetQuestion, library: Library): Set<string> {
  return new Set([...judgements].filter(([, grade]) => grade > 0).map(([corpusId]) => library.holderOf(corpusId)));
}

function sharesOf(certainties: readonly Certainty[]): Record<Certainty, number> {
  const shareOf = (one: Certainty) => certainties.filter((certainty) => certainty === one).length / certainties.length;
  return { sure: shareOf('sure'), inDoubt: shareOf('inDoubt'), refused: shareOf('refused') };
}
