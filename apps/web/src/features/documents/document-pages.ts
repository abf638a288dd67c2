import type { DocumentPage, DocumentView } from '../../views.ts';

type Pages = DocumentPage[];

/** The documents of all pages, in order, each once: between two pages a document may move from one to the other. */
export function documentsOf(pages: readonly DocumentPage[]): DocumentView[] {
  return [...new Map(pages.flatMap(({ documents }) => documents).map((document) => [document.id, document])).values()];
}

/** The pages with these documents as they stand now; what is on no page is left out. The same pages if all of it is. */
export function withChanged(pages: Pages, changed: readonly DocumentView[]): Pages {
  const byId = new Map(changed.map((document) => [document.id, document]));
  if (!holdsAny(pages, byId)) return pages;
  return pages.map((page) => ({ ...page, documents: page.documents.map((known) => byId.get(known.id) ?? known) }));
}

/**
 * The pages, newest document first, with those of `changed` that are on none of them but belong there: new ones at the
 * top, restored ones where they were. Older ones are on a page that has not been loaded, and come with it. The very same
 * pages when there is nothing to add.
 */
export function withAdded(pages: Pages, changed: readonly DocumentView[]): Pages {
  const known = new Set(documentsOf(pages).map(({ id }) => id));
  const ends = pages.map(({ documents, nextCursor }) =>
    nextCursor === null ? '' : (documents.at(-1)?.createdAt ?? ''),
  );
  const pageOf = ({ createdAt }: DocumentView) => ends.findIndex((end) => createdAt > end);
  const added = changed.filter((document) => !known.has(document.id) && pageOf(document) >= 0);
  if (added.length === 0) return pages;
  return pages.map((page, at) => ({
    ...page,
    documents: [...page.documents, ...added.filter((document) => pageOf(document) === at)].toSorted(byNewest),
    totalCount: page.totalCount + added.length,
  }));
}

function byNewest(one: DocumentView, other: DocumentView): number {
  return one.createdAt === other.createdAt ? 0 : one.createdAt > other.createdAt ? -1 : 1;
}

/** The pages without these documents; the same pages if they hold none of them. */
export function withoutDocuments(pages: Pages, ids: readonly string[]): Pages {
  const gone = new Set(ids);
  if (!holdsAny(pages, gone)) return pages;
  const removed = documentsOf(pages).filter(({ id }) => gone.has(id)).length;
  return pages.map((page) => ({
    ...page,
    documents: page.documents.filter(({ id }) => !gone.has(id)),
    totalCount: page.totalCount - removed,
  }));
}

function holdsAny(pages: Pages, ids: { has: (id: string) => boolean }): boolean {
  return pages.some(({ documents }) => documents.some(({ id }) => ids.has(id)));
}
