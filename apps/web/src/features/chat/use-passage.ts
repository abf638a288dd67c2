import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { trpc } from '../../trpc.ts';
import type { CitedPassage } from './cite-address.ts';

/** Characters shown on either side of the passage at first. A document can be a thousand pages; the reader came for one. */
const firstRadius = 6_000;
/** The most that may be asked for: more than any document has. */
const radiusMax = 10_000_000;

/** The text around a passage, and more of it on demand. */
export function usePassage({ documentId: id, versionId, startOffset, endOffset }: CitedPassage) {
  const [radius, setRadius] = useState(firstRadius);
  const query = useQuery(
    trpc.documents.passage.queryOptions(
      { id, versionId, startOffset, endOffset, radius },
      // Always asked anew: the document may have changed since the last look.
      { staleTime: 0, placeholderData: keepPreviousData },
    ),
  );
  return { query, showMore: () => setRadius(widerRadius(radius)) };
}

/** Four times as much, within what may be asked for: however often one presses, there is an answer. */
export function widerRadius(radius: number): number {
  return Math.min(radius * 4, radiusMax);
}
