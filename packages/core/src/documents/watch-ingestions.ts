import { listJustDeletedIds } from '@twin/db/queries/deleted-documents';
import {
  type DocumentRow,
  listChangedDocuments,
  listDocumentsById,
  listUnfinishedDocuments,
} from '@twin/db/queries/documents';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { createWakeUp } from '../wake-up.ts';
import type { DocumentView } from './document-view.ts';
import { isFinalStage } from './stages.ts';
import { toDocumentView } from './to-document-view.ts';

export interface LibraryNews {
  /** Documents that are new or stand otherwise than before. */
  changed: DocumentView[];
  /** Documents that were deleted. */
  removedIds: string[];
}

/** Changes of other processes are looked for this often. */
const POLL_MS = 2_000;
/** Longer than a poll and a slow transaction together, so that no change falls between two looks. */
const LOOK_BACK_SECONDS = 15;
/** An announced change is this young; what a slow transaction held back, the next poll finds. */
const ANNOUNCED_SECONDS = 3;
/** Faster progress than this nobody can follow. */
const PAUSE_MS = 150;

/**
 * Yields what changes in the library, as it changes, until `signal` aborts. The first yield is everything that is under
 * way and what changed or was deleted in the seconds before, possibly nothing: whoever listed the documents then misses
 * no step.
 */
export async function* watchIngestions(deps: Deps, scope: TwinScope, signal: AbortSignal): AsyncGenerator<LibraryNews> {
  const bell = createWakeUp();
  const unsubscribe = deps.announcements.subscribe('ingestion', bell.ring);
  const memory = createMemory();
  try {
    yield memory.take(await listUnfinishedDocuments(deps.db, scope), await lookBack(deps, scope, LOOK_BACK_SECONDS));
    let polledAt = performance.now();
    while (!signal.aborted) {
      await bell.wait(POLL_MS, signal);
      await pause(PAUSE_MS, signal);
      if (signal.aborted) return;
      const isPoll = performance.now() - polledAt >= POLL_MS;
      if (isPoll) polledAt = performance.now();
      const moving = isPoll ? memory.movingIds() : [];
      const found = await listDocumentsById(deps.db, scope, moving);
      const there = new Set(found.map(({ id }) => id));
      const { changed, deletedIds } = await lookBack(deps, scope, isPoll ? LOOK_BACK_SECONDS : ANNOUNCED_SECONDS);
      const gone = [...deletedIds, ...moving.filter((id) => !there.has(id))];
      const news = memory.take(found, { changed, deletedIds: gone });
      if (news.changed.length > 0 || news.removedIds.length > 0) yield news;
    }
  } finally {
    unsubscribe();
  }
}

interface Recent {
  changed: DocumentRow[];
  deletedIds: string[];
}

async function lookBack({ db }: Deps, scope: TwinScope, seconds: number): Promise<Recent> {
  // The deleted first: what is restored in between is told as changed, after it was told as removed.
  const deletedIds = await listJustDeletedIds(db, scope, seconds);
  return { deletedIds, changed: await listChangedDocuments(db, scope, seconds) };
}

/** What the watcher has been told, so that it is told again only what differs. */
function createMemory() {
  const told = new Map<string, { print: string; isMoving: boolean }>();
  const removed = new Set<string>();
  return {
    /** @param rows were read before what `recent` tells, which therefore counts where they differ. */
    take(rows: readonly DocumentRow[], { changed, deletedIds }: Recent): LibraryNews {
      const restored = new Set(changed.map(({ id }) => id));
      const gone = new Set(deletedIds.filter((id) => !restored.has(id)));
      const removedIds = [...gone].filter((id) => !removed.has(id));
      for (const id of removedIds) {
        removed.add(id);
        told.delete(id);
      }
      const there = new Map([...rows, ...changed].map((row) => [row.id, toDocumentView(row)]));
      const news = [...there.values()].filter(
        (view) => !gone.has(view.id) && told.get(view.id)?.print !== fingerprint(view),
      );
      for (const view of news) {
        told.set(view.id, { print: fingerprint(view), isMoving: !isFinalStage(view.ingestion.stage) });
        removed.delete(view.id);
      }
      return { changed: news, removedIds };
    },
    movingIds: (): string[] => [...told].flatMap(([id, { isMoving }]) => (isMoving ? [id] : [])),
  };
}

function fingerprint(view: DocumentView): string {
  const { updatedAt: _, ...shown } = view;
  return JSON.stringify(shown);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timeout = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timeout), resolve()), { once: true });
  });
}
