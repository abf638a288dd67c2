import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { trpc } from '../../trpc.ts';
import type { DocumentPage, DocumentView } from '../../views.ts';
import { withAdded, withChanged, withoutDocuments } from './document-pages.ts';
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

/** Takes documents out of every list as the page knows it. */
export function dropDocuments(queryClient: QueryClient, ids: readonly string[]): void {
  queryClient.setQueriesData<InfiniteData<DocumentPage>>(documentLists, (known) => {
    return known && { ...known, pages: withoutDocuments(known.pages, ids) };
  });
}

/**
 * Puts documents where they stand in the lists, new ones where everything is shown, newest first. Whether they belong
 * into another list, only the server can say. Their own pages learn it too.
 */
export function keepDocuments(queryClient: QueryClient, changed: readonly DocumentView[]): void {
  queryClient.setQueriesData<InfiniteData<DocumentPage>>(documentLists, (known) => {
    return known && { ...known, pages: withChanged(known.pages, changed) };
  });
  let isAdded = false;
  queryClient.setQueryData(wholeList, (known) => {
    const pages = known && withAdded(known.pages, changed);
    isAdded = pages !== known?.pages;
    return known && pages && { ...known, pages };
  });
  if (isAdded || changed.some((document) => !isWorking(document))) {
    void queryClient.invalidateQueries({
      ...documentLists,
      predicate: ({ queryKey }) => JSON.stringify(queryKey) !== JSON.stringify(wholeList),
    });
  }
  for (const document of changed) {
    queryClient.setQueryData(trpc.documents.get.queryKey({ id: document.id }), document);
  }
}
