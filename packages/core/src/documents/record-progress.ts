import { updateVersionAt, type VersionRow } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { ReadProgress } from '../ports.ts';
import { announceIngestion } from './announce-ingestion.ts';

/**
 * Writes how far the reading of a version is, for those who watch. One write at a time, always of the newest step: writes
 * beside each other could end in any order, and a database that is slow would get them by the hundred.
 */
export function recordProgress(deps: Deps, scope: TwinScope, version: VersionRow): (progress: ReadProgress) => void {
  let next: ReadProgress | undefined;
  let isWriting = false;
  const write = async () => {
    isWriting = true;
    for (let progress = next; progress !== undefined; progress = next) {
      next = undefined;
      // Progress is for watchers alone; a database that is away shows in the reading itself.
      await updateVersionAt(deps.db, scope, version.id, 'reading', columnsOf(progress)).catch(() => undefined);
      announceIngestion(deps, scope, version.id);
    }
    isWriting = false;
  };
  return (progress) => {
    // Of one page there is nothing to follow: its text is stored in a moment.
    if (progress.pageCount === 1 && progress.recognition === undefined) return;
    next = progress;
    if (!isWriting) void write();
  };
}

function columnsOf({ pagesRead, pageCount, recognition }: ReadProgress) {
  return {
    pages_read: pagesRead,
    page_count: pageCount,
    pictures_recognised: recognition?.pagesDone ?? 0,
    pictures_to_recognise: recognition?.pageCount ?? 0,
  };
}
