import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { LoadState } from '../../components/load-state.tsx';
import { textBars } from '../../components/skeleton.tsx';
import { formatDateTime, formatExactTime } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import type { Ingestion } from '../../views.ts';
import { shortWordsOf } from '../documents/ingestion-words.ts';
import { StateBadge } from '../documents/state-badge.tsx';
import { Section } from './section.tsx';

const refreshMs = 5_000;

const columns: Column<Ingestion>[] = [
  {
    name: 'When',
    cell: ({ createdAt }) => (
      <time dateTime={createdAt} title={formatExactTime(createdAt)}>
        {formatDateTime(createdAt)}
      </time>
    ),
  },
  { name: 'By', cell: ({ userId }) => <span className="block min-w-20">{userId}</span> },
  { name: 'Documents', cell: ({ documents }) => <Documents documents={documents} /> },
];

/** What came in lately, through which caller, and what became of it. */
export function IngestionLog() {
  const query = useInfiniteQuery(
    trpc.admin.ingestions.infiniteQueryOptions(
      {},
      {
        getNextPageParam: (last) => last.nextCursor ?? undefined,
        // All pages are asked for again: whoever reads further back is past what changes.
        refetchInterval: ({ state }) => (state.data !== undefined && state.data.pages.length > 1 ? false : refreshMs),
        staleTime: 0,
      },
    ),
  );
  const ingestions = query.data?.pages.flatMap((page) => page.ingestions);
  return (
    <Section title="Ingestions" note="What was added lately, newest first.">
      {ingestions === undefined && <LoadState query={query} label="Loading" bars={textBars} />}
      {ingestions?.length === 0 && <p className="text-soft">Nothing has been added yet.</p>}
      {ingestions !== undefined && ingestions.length > 0 && (
        <DataTable caption="Ingestions, newest first" columns={columns} rows={ingestions} keyOf={({ id }) => id} />
      )}
      {query.hasNextPage && (
        <Button className="mt-4" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {query.isFetchingNextPage ? 'Loading…' : 'Show more ingestions'}
        </Button>
      )}
    </Section>
  );
}

function Documents({ documents }: Pick<Ingestion, 'documents'>) {
  return (
    <ul className="flex flex-col gap-0.5">
      {documents.map(({ id, title, fileName, outcome, stage, remedy, error }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-3">
          {stage === null ? (
            <span className="text-muted">{title ?? 'A deleted document'}</span>
          ) : (
            <Link
              to="/documents/$documentId"
              params={{ documentId: id }}
              className="rounded text-ink underline decoration-line-strong underline-offset-3 hover:decoration-accent"
            >
              {title ?? id}
            </Link>
          )}
          {fileName !== null && fileName !== title && (
            <span className="min-w-0 text-sm break-words text-muted">{fileName}</span>
          )}
          <span className="text-sm text-muted">{outcome}</span>
          {stage === null ? (
            <span className="text-sm text-muted">no longer here</span>
          ) : (
            <StateBadge {...shortWordsOf(stage, remedy)} />
          )}
          {error !== null && <p className="basis-full text-sm text-soft">{error}</p>}
        </li>
      ))}
    </ul>
  );
}
