import { useEffect, useEffectEvent, useState } from 'react';

interface SendNextOptions {
  text: string;
  answering: boolean;
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
export function useSendNext({ text, answering, answerId, answered, send }: SendNextOptions) {
  const [waiting, setWaiting] = useState<Pick<SendNextOptions, 'text' | 'answerId'> | null>(null);
  const isNext = waiting !== null && waiting.text === text && waiting.answerId === answerId;

  const settle = useEffectEvent(() => {
    if (isNext && answered) send();
  });
  useEffect(() => {
    if (!answering) settle();
  }, [answering]);

  return { isWaiting: answering && isNext, wait: () => setWaiting({ text, answerId }) };
}
