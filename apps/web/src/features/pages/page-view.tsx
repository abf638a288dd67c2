import { useEffect, useEffectEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { LoadProblem } from '../../components/load-problem.tsx';
import { problemOf } from '../../problem.ts';
import { PageFrame } from './page-frame.tsx';
import type { PageOriginal } from './page-original.ts';
import { PageToolbar } from './page-toolbar.tsx';
import { usePage } from './use-page.ts';
import { useZoom } from './use-zoom.ts';

interface PageViewProps {
  original: PageOriginal;
  /** Told why no page of it can be shown, now or later. */
  onRefused: (why: string) => void;
}

/** The original as it looks, a page at a time, with the words marked and in view. */
export function PageView({ original, onRefused }: PageViewProps) {
  const { firstPage } = original;
  const [page, setPage] = useState(firstPage);
  const [pageCount, setPageCount] = useState<number>();
  const zoom = useZoom();
  const query = usePage(original, page);
  const { data: shown, error } = query;
  const refused = useEffectEvent(onRefused);

  useEffect(() => {
    const { code, message } = problemOf(error);
    if (error !== null && isForGood(code, problemOf(error).reason)) refused(message);
  }, [error]);
  // Held while the next page is on its way.
  if (shown !== undefined && shown.pageCount !== pageCount) setPageCount(shown.pageCount);

  return (
    <>
      <PageToolbar page={page} pageCount={pageCount} onPage={setPage} zoom={zoom} />
      {query.isError ? (
        <div className="flex-1 p-5">
          <LoadProblem query={query} />
        </div>
      ) : (
        <PageFrame key={page} original={original} page={page} shown={shown} zoom={zoom.level} />
      )}
      <PageNote>
        {page !== firstPage && (
          <Button look="quiet" size="small" className="-ml-3" onClick={() => setPage(firstPage)}>
            Back to page {firstPage}
          </Button>
        )}
        {page === firstPage && shown !== undefined && noteOf(shown)}
      </PageNote>
    </>
  );
}

/** Trying again would not help. */
function isForGood(code: string, reason: string | null): boolean {
  return code === 'not-found' || code === 'conflict' || reason === 'password-required';
}

function noteOf({ boxes, isExact }: { boxes: readonly unknown[]; isExact: boolean }): string | null {
  if (boxes.length === 0) return 'Where on this page the words stand is not known.';
  return isExact ? null : 'The marked paragraph holds the words. Where in it they stand is not known.';
}

function PageNote({ children }: { children: React.ReactNode }) {
  return <div className="border-t border-line px-5 py-2 text-sm text-muted empty:hidden">{children}</div>;
}
