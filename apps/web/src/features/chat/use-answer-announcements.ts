import { useEffect, useRef } from 'react';
import { announce } from '../../components/announcer.tsx';
import { formatCount } from '../../format.ts';
import type { MessageView } from '../../views.ts';

const stillWritingMs = 7_000;

/** Tells screen readers where an answer stands, in a sentence now and then; the transcript itself stays silent. */
export function useAnswerAnnouncements(answering: boolean, last: MessageView | undefined): void {
  const before = useRef(answering);

  useEffect(() => {
    if (answering) {
      announce('Answering…');
      let beat = 0;
      // A sentence that does not change is not spoken again.
      const timer = setInterval(() => announce(beat++ % 2 === 0 ? 'Still writing…' : 'Still writing.'), stillWritingMs);
      return () => clearInterval(timer);
    }
  }, [answering]);

  useEffect(() => {
    if (before.current && !answering && last?.role === 'assistant') {
      announce(endOf(last));
    }
    before.current = answering;
  }, [answering, last]);
}

function endOf(message: MessageView): string {
  switch (message.state) {
    case 'stopped':
      return 'Answer stopped.';
    case 'failed':
      return '';
    default:
      return `Answer ready, ${formatCount(new Set(message.citations.map(({ chunkId }) => chunkId)).size, 'source')}.`;
  }
}
