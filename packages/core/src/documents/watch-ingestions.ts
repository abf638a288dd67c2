import {
  type DocumentRow,
  listChangedDocuments,
  listDocumentsById,
  listUnfinishedDocuments,
} from '@twin/db/queries/documents';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { nextIngestionChange } from './announce-ingestion.ts';
import type { DocumentView } from './document-view.ts';
import { isFinalStage } from './stages.ts';
import { toDocumentView } from './to-document-view.ts';

/** Changes of other processes are looked for this often. */
const POLL_MS = 2_000;
/** Longer than a poll and a slow transaction together, so that no change falls between two looks. */
const LOOK_BACK_SECONDS = 15;
/** Faster progress than this nobody can follow. */
const PAUSE_MS = 150;

/**
 * Yields the documents whose ingestion changed, as they change, until `signal` aborts. The first yield is everything that
 * is under way, possibly nothing.
 */
export async function* watchIngestions(
  deps: Deps,
  scope: TwinScope,
  signal: AbortSignal,
): AsyncGenerator<DocumentView[]> {
  const seen = new Map<string, string>();
  const takeNews = (rows: readonly DocumentRow[]): DocumentView[] => {
    const views = rows.map(toDocumentView);
    const news = views.filter((view) => seen.get(view.id) !== fingerprint(view));
    for (const view of news) seen.set(view.id, fingerprint(view));
    return news;
  };
  // What changed just before is not news: whoever watches has listed the documents.
  takeNews((await listChangedDocuments(deps.db, scope, LOOK_BACK_SECONDS)).filter((row) => isFinalStage(row.stage)));
  const unfinished = await listUnfinishedDocuments(deps.db, scope);
  takeNews(unfinished);
  yield unfinished.map(toDocumentView);
  while (!signal.aborted) {
    await nextIngestionChange(deps, POLL_MS, signal);
    await pause(PAUSE_MS, signal);
    if (signal.aborted) return;
    const watched = [...seen].flatMap(([id, print]) => (print.startsWith('final ') ? [] : [id]));
    const changed = await listChangedDocuments(deps.db, scope, LOOK_BACK_SECONDS);
    const known = new Set(changed.map((row) => row.id));
    const others = await listDocumentsById(
      deps.db,
      scope,
      watched.filter((id) => !known.has(id)),
    );
    const news = takeNews([...changed, ...others]);
    if (news.length > 0) yield news;
  }
}

function fingerprint(view: DocumentView): string {
  const { updatedAt: _, ...shown } = view;
  return `${isFinalStage(view.ingestion.stage) ? 'final' : 'moving'} ${JSON.stringify(shown)}`;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timeout = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timeout), resolve()), { once: true });
  });
}
