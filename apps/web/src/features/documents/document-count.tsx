import { formatNumber } from '../../format.ts';
import { useTwinStatus } from '../../use-twin-status.ts';

/** How many documents there are, for the navigation; a dot while some are still being read. */
export function DocumentCount() {
  const documents = useTwinStatus().data?.documents;
  if (documents === undefined) {
    return null;
  }
  const total = documents.ready + documents.inProgress + documents.failed;
  return (
    <span className="tabular flex items-center gap-2 text-sm text-muted">
      {documents.inProgress > 0 && <span aria-hidden className="size-2 animate-breathe rounded-full bg-accent" />}
      {total > 0 && formatNumber(total)}
    </span>
  );
}
