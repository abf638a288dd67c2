import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ShareLine } from '../../components/progress-line.tsx';
import { notify, notifyProblem } from '../../components/toaster.tsx';
import { formatNumber, formatWait } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import type { AdminOverview } from '../../views.ts';
import { callerName, limitName } from './limit-words.ts';
import { Section } from './section.tsx';

type RateLimit = AdminOverview['rateLimits'][number];

const columnsFor = (callerOf: (key: string) => string): Column<RateLimit>[] => [
  { name: 'Caller', cell: ({ key }) => callerOf(key) },
  { name: 'Limit', cell: ({ policy }) => limitName(policy) },
  { name: 'Used', cell: (row) => <Used rateLimit={row} /> },
  { name: 'Full again in', numeric: true, cell: ({ resetMs }) => formatWait(resetMs) },
  { name: 'Action', numeric: true, cell: (row) => <ResetButton rateLimit={row} caller={callerOf(row.key)} /> },
];

/** From this share on a caller is near its limit. */
const nearShareMin = 0.5;

/** Who has used half of a limit or more, the nearest to its end first. */
export function RateLimitTable({ rateLimits }: { rateLimits: readonly RateLimit[] }) {
  const nearestFirst = rateLimits
    .filter(({ count, limit }) => count >= nearShareMin * limit)
    .toSorted((a, b) => b.count / b.limit - a.count / a.limit);
  const callerOf = useCallerNames(nearestFirst);
  return (
    <Section
      title="Who is near a limit"
      note="Callers who have used half of a limit or more, the nearest to its end first. What was used comes back with time; Reset gives it back now."
    >
      {nearestFirst.length === 0 ? (
        <p className="text-soft">Nobody has used half of a limit.</p>
      ) : (
        <DataTable
          caption="Callers and what they used of each limit"
          columns={columnsFor(callerOf)}
          rows={nearestFirst}
          keyOf={({ key }) => key}
        />
      )}
    </Section>
  );
}

/** What each caller is called; links by the names that the owner gave them. */
function useCallerNames(rateLimits: readonly RateLimit[]): (key: string) => string {
  const enabled = rateLimits.some(({ key }) => key.includes(':link:'));
  const { data } = useQuery(trpc.shareLinks.list.queryOptions(undefined, { enabled }));
  const linkNames = new Map(data?.links.map(({ id, name }) => [id, name]));
  return (key) => callerName(key, linkNames);
}

function Used({ rateLimit: { count, limit } }: { rateLimit: RateLimit }) {
  return (
    <span className="tabular">
      {formatNumber(count)} of {formatNumber(limit)}
      <ShareLine value={count / limit} className="mt-1.5 w-28" />
    </span>
  );
}

function ResetButton({ rateLimit, caller }: { rateLimit: RateLimit; caller: string }) {
  const queryClient = useQueryClient();
  const reset = useMutation(
    trpc.admin.resetRateLimit.mutationOptions({
      onSuccess: () => {
        notify('Limit reset');
        return queryClient.invalidateQueries({ queryKey: trpc.admin.overview.queryKey() });
      },
      onError: (error) => notifyProblem('The limit could not be reset', error),
    }),
  );
  return (
    <Button
      size="small"
      aria-label={`Reset ${limitName(rateLimit.policy)} of ${caller}`}
      disabled={reset.isPending}
      onClick={() => reset.mutate({ key: rateLimit.key })}
    >
      Reset
    </Button>
  );
}
