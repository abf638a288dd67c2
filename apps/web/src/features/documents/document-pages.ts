import type { DocumentPage, DocumentView } from '../../views.ts';

type Pages = DocumentPage[];

/** The documents of all pages, in order, each once: between two pages a document may move from one to the other. */
export function documentsOf(pages: readonly DocumentPage[]): DocumentView[] {
  return [...new Map(pages.flatMap(({ documents }) => documents).map((document) => [document.id, document])).values()];
}

/** The pages with these documents as they stand now; what is on no page is left out. */
export function withChanged(pages: Pages, changed: readonly DocumentView[]): Pages {
  const byId = new Map(changed.map((document) => [document.id, document]));
  return pages.map((page) => ({ ...page, documents: page.documents.map((known) => byId.get(known.id) ?? known) }));
}

/**
 * The pages, newest document first, with those of `changed` that are on none of them but belong there: new ones at the
 * top, restored ones where they were. Older ones are on a page that has not been loaded, and come with it. The very same
 * pages when there is nothing to add.
 */
export function withAdded(pages: Pages, changed: readonly DocumentView[]): Pages {
  const known = documentsOf(pages);
  const knownIds = new Set(known.map(({ id }) => id));
  const oldest = known.at(-1)?.createdAt ?? '';
  const isWhole = pages.at(-1)?.nextCursor === null;
  let added = changed.filter(({ id, createdAt }) => !knownIds.has(id) && (isWhole || createdAt > oldest));
  if (added.length === 0) return pages;
  const addedCount = added.length;
  return pages.map((page, at) => {
    const end = at === pages.length - 1 ? '' : (page.documents.at(-1)?.createdAt ?? '');
    const here = added.filter(({ createdAt }) => createdAt > end);
    added = added.filter(({ createdAt }) => createdAt <= end);
    const documents = [...page.documents, ...here].toSorted((one, other) => byNewest(one.createdAt, other.createdAt));
    return { ...page, documents, totalCount: page.totalCount + addedCount };
  });
}

function byNewest(one: string, other: string): number {
  return one === other ? 0 : one > other ? -1 : 1;
}

/** The pages without these documents. */
export function withoutDocuments(pages: Pages, ids: readonly string[]): Pages {
  const gone = new Set(ids);
  const removed = documentsOf(pages).filter(({ id }) => gone.has(id)).length;
  return pages.map((page) => ({
    ...page,
    documents: page.documents.filter(({ id }) => !gone.has(id)),
    totalCount: page.totalCount - removed,
  }));
}
