import type { InfiniteData, Query, QueryClient, QueryFilters } from '@tanstack/react-query';
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
  changeLists(queryClient, (pages) => withoutDocuments(pages, ids));
}

/** What a document is called, where a page has it. */
export function knownTitle(queryClient: QueryClient, id: string): string | undefined {
  const lists = queryClient.getQueriesData<InfiniteData<DocumentPage>>(documentLists);
  const listed = lists.flatMap(([, list]) => list?.pages ?? []).flatMap(({ documents }) => documents);
  return (
    queryClient.getQueryData(trpc.documents.get.queryKey({ id }))?.title ?? listed.find((one) => one.id === id)?.title
  );
}

/**
 * Puts documents where they stand in the lists, new ones where everything is shown, newest first. Whether they belong
 * into another list, only the server can say. Their own pages learn it too.
 */
export function keepDocuments(queryClient: QueryClient, changed: readonly DocumentView[]): void {
  changeLists(queryClient, (pages) => withChanged(pages, changed));
  const isAdded = changeLists(queryClient, (pages) => withAdded(pages, changed), { queryKey: wholeList, exact: true });
  if (isAdded || changed.some((document) => !isWorking(document))) {
    void queryClient.invalidateQueries({
      ...documentLists,
      predicate: ({ queryKey }) => JSON.stringify(queryKey) !== JSON.stringify(wholeList),
    });
  }
  for (const document of changed) {
    const queryKey = trpc.documents.get.queryKey({ id: document.id });
    queryClient.setQueryData(queryKey, document);
    const page = queryClient.getQueryCache().find({ queryKey, exact: true });
    if (page !== undefined) loadAgain(queryClient, page);
  }
}

/**
 * Asks for the twin's numbers anew. One question is on its way at a time: documents that arrive faster than it is answered would
 * each call off the one before, and the numbers stand still until the last has arrived.
 */
export function renewStatus(queryClient: QueryClient): void {
  const queryKey = trpc.twin.status.queryKey();
  const query = queryClient.getQueryCache().find({ queryKey });
  if (query?.state.fetchStatus === 'fetching') loadAgain(queryClient, query);
  else void queryClient.invalidateQueries({ queryKey });
}

/**
 * Changes what lists are known to hold; `change` returns the same pages where there is nothing to change. What is written
 * counts as loaded, so a list that was to be loaded anew is marked again. @returns whether any list has changed.
 */
function changeLists(
  queryClient: QueryClient,
  change: (pages: DocumentPage[]) => DocumentPage[],
  filters: QueryFilters = documentLists,
): boolean {
  let isChanged = false;
  for (const query of queryClient.getQueryCache().findAll(filters)) {
    loadAgain(queryClient, query);
    const known = query.state.data as InfiniteData<DocumentPage> | undefined;
    const pages = known && change(known.pages);
    if (pages === known?.pages) continue;
    const { isInvalidated } = query.state;
    queryClient.setQueryData(query.queryKey, { ...known, pages });
    if (isInvalidated) query.invalidate();
    isChanged = true;
  }
  return isChanged;
}

const awaited = new WeakSet<Promise<unknown>>();

/** An answer that is under way may have been read before a change that is known already: another one is asked for after it. */
function loadAgain(queryClient: QueryClient, query: Query): void {
  const { state, promise, queryKey } = query;
  if (state.fetchStatus !== 'fetching' || promise === undefined || awaited.has(promise)) return;
  awaited.add(promise);
  const load = () => queryClient.invalidateQueries({ queryKey, exact: true });
  promise.then(load, () => query.invalidate());
}
