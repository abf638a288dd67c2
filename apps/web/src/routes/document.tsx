import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { DocumentScreen } from '../features/documents/document-screen.tsx';
import { problemOf } from '../problem.ts';
import { trpc } from '../trpc.ts';
import { NotFound } from './not-found.tsx';
import { ScrollingMain } from './scrolling-main.tsx';

export function DocumentRoute() {
  const { documentId } = useParams({ from: '/documents/$documentId' });
  const { error } = useQuery(trpc.documents.get.queryOptions({ id: documentId }));
  if (error !== null && problemOf(error).code === 'not-found') {
    return <NotFound title="This document is not here">It may have been deleted, or the address is mistyped.</NotFound>;
  }
  return (
    <ScrollingMain>
      <DocumentScreen documentId={documentId} />
    </ScrollingMain>
  );
}
