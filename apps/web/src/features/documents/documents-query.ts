import type { QueryClient } from '@tanstack/react-query';
import { trpc } from '../../trpc.ts';
import type { DocumentView } from '../../views.ts';

export const documentsQuery = trpc.documents.list.infiniteQueryOptions(
  { limit: 100 },
  {
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  },
);

/** Rewrites every page of the list as the page knows it; leaves a list that was never loaded alone. */
export function changeDocuments(
  queryClient: QueryClient,
  edit: (documents: DocumentView[], pageNumber: number) => DocumentView[],
) {
  queryClient.setQueryData(documentsQuery.queryKey, (known) => {
    return (
      known && { ...known, pages: known.pages.map((page, at) => ({ ...page, documents: edit(page.documents, at) })) }
    );
  });
}

/** Puts documents where they stand in the list; new ones come first. Their own pages learn it too. */
export function keepDocuments(queryClient: QueryClient, changed: readonly DocumentView[]): void {
  const byId = new Map(changed.map((document) => [document.id, document]));
  const known = new Set<string>();
  changeDocuments(queryClient, (documents) => {
    for (const { id } of documents) known.add(id);
    return documents.map((document) => byId.get(document.id) ?? document);
  });
  const added = changed.filter(({ id }) => !known.has(id));
  if (added.length > 0) {
    changeDocuments(queryClient, (documents, at) => (at === 0 ? [...added, ...documents] : documents));
  }
  for (const document of changed) {
    queryClient.setQueryData(trpc.documents.get.queryKey({ id: document.id }), document);
  }
}
