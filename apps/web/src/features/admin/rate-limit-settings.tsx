import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { formatCount, formatNumber } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import type { RateLimitView } from '../../views.ts';
import { limitName } from './limit-words.ts';
import { RateLimitDialog } from './rate-limit-dialog.tsx';
import { Section } from './section.tsx';
import { windowWords } from './window-words.ts';

const countedPer: Record<RateLimitView['per'], string> = {
  caller: 'Person or API key',
  address: 'Network address',
  link: 'Public link',
  twin: 'Everyone together',
};

const columns: Column<RateLimitView>[] = [
  { name: 'Limit', cell: ({ policy }) => limitName(policy) },
  { name: 'Counted per', cell: ({ policy, per }) => (policy === 'public-chat' ? 'Visitor' : countedPer[per]) },
  { name: 'Allowed', cell: (limit) => <Allowed limit={limit} /> },
  { name: 'Action', numeric: true, cell: (limit) => <ChangeButton limit={limit} /> },
];

/** How much of everything is allowed, for the owner to change. */
export function RateLimitSettings() {
  const { data: limits } = useQuery(trpc.rateLimits.list.queryOptions());
  return (
    <Section
      title="Limits"
      note="So many calls may come at once. What was used comes back bit by bit over the time, unless you choose that it does at its end."
    >
      {limits !== undefined && (
        <DataTable
          caption="Limits and what they allow"
          columns={columns}
          rows={limits}
          keyOf={({ policy }) => policy}
        />
      )}
    </Section>
  );
}

function ChangeButton({ limit }: { limit: RateLimitView }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" aria-label={`Change limit: ${limitName(limit.policy)}`} onClick={() => setOpen(true)}>
        Change
      </Button>
      {open && <RateLimitDialog limit={limit} onClose={() => setOpen(false)} />}
    </>
  );
}

function Allowed({ limit: { limit, windowSeconds, algorithm, describes, standard } }: { limit: RateLimitView }) {
  const isFixed = algorithm === 'fixed-window';
  const isStandard = !isFixed && limit === standard.limit && windowSeconds === standard.windowSeconds;
  return (
    <span className="tabular">
      {formatCount(limit, ...describes)} per {windowWords(windowSeconds)}
      {isFixed && ', back all at once'}
      {!isStandard && (
        <span className="block text-sm text-muted">
          Standard: {formatNumber(standard.limit)} per {windowWords(standard.windowSeconds)}
          {isFixed && ', evenly'}
        </span>
      )}
    </span>
  );
}
