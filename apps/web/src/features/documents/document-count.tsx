import { ArrowUp } from 'lucide-react';
import { formatNumber } from '../../format.ts';
import { wordsOfCount } from '../../library-words.ts';
import { useTwinStatus } from '../../use-twin-status.ts';
import { useUploadsUnderWay } from './upload-queue.ts';

/** How many documents there are, for the navigation, and how many of them are being read; beside it the files still to be sent. */
export function DocumentCount() {
  const documents = useTwinStatus().data?.documents;
  const underWay = useUploadsUnderWay();
  if (documents === undefined) {
    return null;
  }
  const { inProgress } = documents;
  const countWords = wordsOfCount(documents);
  return (
    <span className="tabular flex items-center gap-2 text-sm text-muted">
      {underWay > 0 && (
        <span className="flex items-center gap-0.5 text-accent">
          <ArrowUp aria-hidden className="size-3.5" />
          {formatNumber(underWay)}
          <span className="sr-only"> being sent</span>
        </span>
      )}
      {inProgress > 0 && <span aria-hidden className="size-2 animate-breathe rounded-full bg-accent" />}
      <span title={inProgress > 0 ? `${countWords} being read` : undefined}>
        {countWords}
        {inProgress > 0 && <span className="sr-only"> being read</span>}
      </span>
    </span>
  );
}
