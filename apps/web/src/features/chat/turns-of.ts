import type { MessageView } from '../../views.ts';

export interface QuestionAndAnswer {
  id: string;
  question: string;
  answer: MessageView | undefined;
}

/** Pairs each question with the answer that follows it. */
export function turnsOf(messages: readonly MessageView[]): QuestionAndAnswer[] {
  const turns: QuestionAndAnswer[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (message.role === 'user') {
      turns.push({ id: message.id, question: message.text, answer: undefined });
    } else if (last !== undefined) {
      last.answer = message;
    }
  }
  return turns;
}
