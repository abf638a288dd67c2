import type { ChatTurn } from './chat-turn.ts';

const earlierQuestionsMax = 6;

/** The questions before this one that a search may lean on, the latest first. */
export function earlierQuestionsOf(history: readonly ChatTurn[]): string[] {
  return history
    .filter(({ role }) => role === 'user')
    .map(({ text }) => text)
    .slice(-earlierQuestionsMax)
    .toReversed();
}
