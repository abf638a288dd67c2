import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { trpc } from '../../trpc.ts';
import type { DocumentPage, DocumentView } from '../../views.ts';
import { type DocumentsSearch, toListInput } from './documents-search.ts';
import { isWorking } from './ingestion-words.ts';

export function documentsQuery(search: DocumentsSearch) {
  return trpc.documents.list.infiniteQueryOptions(toListInput(search), {
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

/** Every list the page has loaded, however filtered. */
export const documentLists = trpc.documents.list.infiniteQueryFilter();

const wholeList = documentsQuery({}).queryKey;

/** Rewrites every page of the lists as the page knows them; leaves lists that were never loaded alone. */
export function changeDocuments(queryClient: QueryClient, edit: (documents: DocumentView[]) => DocumentView[]) {
  queryClient.setQueriesData<InfiniteData<DocumentPage>>(documentLists, (known) => {
    return known && { ...known, pages: known.pages.map((page) => ({ ...page, documents: edit(page.documents) })) };
  });
}

/**
 * Puts documents where they stand in the lists; new ones come first where everything is shown, newest first. Whether they
 * belong into another list, only the server can say. Their own pages learn it too.
 */
export function keepDocuments(queryClient: QueryClient, changed: readonly DocumentView[]): void {
  const byId = new Map(changed.map((document) => [document.id, document]));
  changeDocuments(queryClient, (documents) => documents.map((document) => byId.get(document.id) ?? document));
  const known = new Set(
    queryClient.getQueryData(wholeList)?.pages.flatMap(({ documents }) => documents.map(({ id }) => id)),
  );
  const added = changed.filter(({ id }) => !known.has(id));
  queryClient.setQueryData(wholeList, (list) => {
    const [first, ...rest] = list?.pages ?? [];
    if (list === undefined || first === undefined || added.length === 0) return list;
    return { ...list, pages: [{ ...first, documents: [...added, ...first.documents] }, ...rest] };
  });
  if (added.length > 0 || changed.some((document) => !isWorking(document))) {
    void queryClient.invalidateQueries({
      ...documentLists,
      predicate: ({ queryKey }) => JSON.stringify(queryKey) !== JSON.stringify(wholeList),
    });
  }
  for (const document of changed) {
    queryClient.setQueryData(trpc.documents.get.queryKey({ id: document.id }), document);
  }
}
