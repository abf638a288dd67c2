import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../trpc.ts';
import type { PageOriginal } from './page-original.ts';

/** The size of a page and what is marked on it. A version never changes: what has been asked once is known. */
export function usePage({ documentId: id, versionId, place }: PageOriginal, page: number) {
  return useQuery(
    trpc.documents.page.queryOptions(
      { id, versionId, page, place: { startOffset: place.startOffset, endOffset: place.endOffset } },
      // Whoever leafs on waits for no page that they have passed.
      { staleTime: Number.POSITIVE_INFINITY, trpc: { abortOnUnmount: true } },
    ),
  );
}
