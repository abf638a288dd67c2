import { ArrowUp } from 'lucide-react';
import { formatNumber } from '../../format.ts';
import { useTwinStatus } from '../../use-twin-status.ts';
import { useUploadsUnderWay } from './upload-queue.ts';

/** How many documents there are, for the navigation: beside it the files still to be sent, and a dot while some are read. */
export function DocumentCount() {
  const documents = useTwinStatus().data?.documents;
  const underWay = useUploadsUnderWay();
  if (documents === undefined) {
    return null;
  }
  const { total } = documents;
  return (
    <span className="tabular flex items-center gap-2 text-sm text-muted">
      {underWay > 0 && (
        <span className="flex items-center gap-0.5 text-accent">
          <ArrowUp aria-hidden className="size-3.5" />
          {formatNumber(underWay)}
          <span className="sr-only"> being sent</span>
        </span>
      )}
      {documents.inProgress > 0 && <span aria-hidden className="size-2 animate-breathe rounded-full bg-accent" />}
      {total > 0 && formatNumber(total)}
    </span>
  );
}
