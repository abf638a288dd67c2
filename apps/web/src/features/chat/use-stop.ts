import { useRef } from 'react';

interface Stop {
  /** A question is asked: what was wanted of the one before it is over. */
  asked: () => void;
  /** The server has begun its answer. */
  taken: (messageId: string) => void;
  stop: () => void;
}

/**
 * Stop, which may be pressed before the server has said which answer it is, or the page has it.
 * @param liveId the answer that the page follows.
 */
export function useStop(liveId: string | undefined, stopAnswer: (messageId: string) => void): Stop {
  const isWanted = useRef(false);
  const takenId = useRef<string | undefined>(undefined);
  return {
    asked() {
      isWanted.current = false;
      takenId.current = undefined;
    },
    taken(messageId) {
      takenId.current = messageId;
      if (isWanted.current) stopAnswer(messageId);
    },
    stop() {
      const messageId = liveId ?? takenId.current;
      if (messageId === undefined) isWanted.current = true;
      else stopAnswer(messageId);
    },
  };
}
