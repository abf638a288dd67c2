import { useEffect, useEffectEvent, useState } from 'react';
import { adoptAnswer, isNextQuestion, type WaitingQuestion } from './waiting-question.ts';

interface SendNextOptions {
  text: string;
  answering: boolean;
  /** Whether the server has the question that is answered: only then `answerId` is that of its answer. */
  taken: boolean;
  /** The latest answer, which is under way while `answering`. */
  answerId: string | undefined;
  /** Whether it came to its own end, and nothing keeps a question from being asked. */
  answered: boolean;
  send: () => void;
}

/**
 * A question that was sent while another is answered: it stays in its field, so that nothing loses it, and goes when the
 * answer is done. One that was changed since, or that follows an answer which was stopped or failed, waits for its sender.
 */
export function useSendNext({ text, answering, taken, answerId, answered, send }: SendNextOptions) {
  const [waiting, setWaiting] = useState<WaitingQuestion | null>(null);
  const known = adoptAnswer(waiting, { taken, answerId });
  if (known !== waiting) setWaiting(known);
  const isNext = isNextQuestion(known, { text, answerId });

  const settle = useEffectEvent(() => {
    if (isNext && answered) send();
  });
  useEffect(() => {
    if (!answering) settle();
  }, [answering]);

  return {
    isWaiting: answering && isNext,
    wait: () => setWaiting({ text, follows: taken ? answerId : null, before: answerId }),
  };
}
