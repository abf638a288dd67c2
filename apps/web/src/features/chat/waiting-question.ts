/** A question that waits for the answer to the one before it. */
export interface WaitingQuestion {
  text: string;
  /** The answer it waits for; null while the server has not begun that one. */
  follows: string | undefined | null;
  /** The latest answer when it was put there. */
  before: string | undefined;
}

interface Latest {
  taken: boolean;
  answerId: string | undefined;
}

/**
 * It follows the first answer that is new since; where the server refused the question before it, none. It has had its turn
 * when a question is on its way to the server again.
 */
export function adoptAnswer(waiting: WaitingQuestion | null, { taken, answerId }: Latest): WaitingQuestion | null {
  if (waiting === null) return null;
  if (!taken) return waiting.follows === null ? waiting : null;
  if (waiting.follows !== null) return waiting;
  return answerId === waiting.before ? null : { ...waiting, follows: answerId };
}

/** Whether it is asked next: unchanged, and nothing else was answered meanwhile. */
export function isNextQuestion(
  waiting: WaitingQuestion | null,
  { text, answerId }: { text: string; answerId: string | undefined },
): boolean {
  return waiting !== null && waiting.text === text && (waiting.follows === null || waiting.follows === answerId);
}
