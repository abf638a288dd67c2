import { type Column, DataTable } from '../../components/data-table.tsx';
import { ShareLine } from '../../components/progress-line.tsx';
import { formatBytes, formatNumber } from '../../format.ts';
import type { AdminOverview } from '../../views.ts';
import { Section } from './section.tsx';

type Table = AdminOverview['tables'][number] & { share: number };

const columns: Column<Table>[] = [
  { name: 'Table', cell: ({ name }) => <code className="font-mono text-[0.8125rem]">{name}</code> },
  { name: 'Rows', numeric: true, cell: ({ rows }) => formatNumber(rows) },
  { name: 'Size', numeric: true, cell: ({ bytes }) => formatBytes(bytes) },
  { name: 'Share', cell: ({ share }) => <ShareLine value={share} className="mt-2.5 w-full min-w-24" /> },
];

interface StorageTableProps {
  tables: AdminOverview['tables'];
  databaseBytes: number;
}

/** What takes how much room, largest first. */
export function StorageTable({ tables, databaseBytes }: StorageTableProps) {
  const total = Math.max(
    1,
    tables.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const rows = tables.toSorted((a, b) => b.bytes - a.bytes).map((table) => ({ ...table, share: table.bytes / total }));
  return (
    <Section title="Storage" note={`${formatBytes(databaseBytes)} in the database, indexes included.`}>
      <DataTable caption="Tables by size" columns={columns} rows={rows} keyOf={({ name }) => name} />
    </Section>
  );
}
