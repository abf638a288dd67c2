import { ChevronRight } from 'lucide-react';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ShareLine } from '../../components/progress-line.tsx';
import { formatBytes, formatCount, formatNumber } from '../../format.ts';
import type { AdminOverview } from '../../views.ts';
import { Section } from './section.tsx';

type Table = AdminOverview['tables'][number];

const columns: Column<Table>[] = [
  { name: 'Table', cell: ({ name }) => <code className="font-mono text-[0.8125rem]">{name}</code> },
  { name: 'Rows', numeric: true, cell: ({ rows }) => formatNumber(rows) },
  { name: 'Size', numeric: true, cell: ({ bytes }) => formatBytes(bytes) },
];

const names: Record<Table['holds'], string> = {
  documents: 'Documents and their files',
  search: 'Passages, words and vectors',
  answers: 'Conversations and answers',
  limits: 'Limits and cache',
  jobs: 'Ingestions and jobs',
  rest: 'Accounts, settings and the rest',
};

interface StorageTableProps {
  tables: AdminOverview['tables'];
  databaseBytes: number;
}

/** What takes how much room, largest first; the single tables on demand. */
export function StorageTable({ tables, databaseBytes }: StorageTableProps) {
  const total = Math.max(1, sizeOf(tables));
  const groups = [...new Set(tables.map(({ holds }) => holds))]
    .map((holds) => ({ holds, of: tables.filter((table) => table.holds === holds) }))
    .map((group) => ({ ...group, bytes: sizeOf(group.of) }))
    .toSorted((a, b) => b.bytes - a.bytes);
  return (
    <Section title="Storage" note={`${formatBytes(databaseBytes)} in the database, indexes included.`}>
      <ul className="divide-y divide-line border-y border-line text-[0.9375rem]">
        {groups.map(({ holds, of, bytes }) => (
          <li key={holds}>
            <details className="group">
              <summary className="target grid cursor-pointer list-none grid-cols-[1rem_1fr_auto] items-center gap-x-2 gap-y-1 rounded-lg py-3 hover:bg-hover sm:grid-cols-[1rem_1fr_6rem_10rem]">
                <ChevronRight aria-hidden className="size-4 text-muted transition-transform group-open:rotate-90" />
                <span className="min-w-0">
                  {names[holds]} <span className="text-sm text-muted">{formatCount(of.length, 'table')}</span>
                </span>
                <span className="tabular text-right">{formatBytes(bytes)}</span>
                <ShareLine value={bytes / total} className="col-start-2 -col-end-1 sm:col-start-auto" />
              </summary>
              <div className="pb-5 pl-6">
                <DataTable
                  caption={`${names[holds]}: tables by size`}
                  columns={columns}
                  rows={of.toSorted((a, b) => b.bytes - a.bytes)}
                  keyOf={({ name }) => name}
                />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function sizeOf(tables: readonly Table[]): number {
  return tables.reduce((sum, { bytes }) => sum + bytes, 0);
}
