import { answerQuestion } from '@twin/core/chat/answer-question';
import type { AnswerOutcome, Citation } from '@twin/core/chat/message-view';
import type { Deps } from '@twin/core/deps';
import type { DocumentFilter } from '@twin/db/queries/document-filter';
import type { TwinScope } from '@twin/db/scope';
import type { DataSetQuestion } from './data-set.ts';

export interface Quoted {
  text: string;
  citations: Citation[];
  outcome: AnswerOutcome;
}

/** The product's answer without a chat model, from all of the library or from a part of it. */
export async function quoteQuestion(
  deps: Deps,
  scope: TwinScope,
  { question, filter, signal }: { question: DataSetQuestion; filter?: DocumentFilter; signal: AbortSignal },
): Promise<Quoted> {
  const { text, history } = question;
  const said: Omit<Quoted, 'outcome'> = { text: '', citations: [] };
  const answer = answerQuestion({ ...deps, chatModel: undefined }, scope, { question: text, history, filter, signal });
  for (;;) {
    const { done, value } = await answer.next();
    if (done === true) return { ...said, outcome: value.outcome };
    if (value.type === 'citation-add') said.citations.push(value.citation);
    if (value.type === 'text-delta') said.text += value.text;
  }
}
