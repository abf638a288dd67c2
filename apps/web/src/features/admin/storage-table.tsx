import { DataTable } from '../../components/data-table.tsx';
import { MeterBar } from '../../components/meter-bar.tsx';
import { formatBytes, formatNumber } from '../../format.ts';
import type { AdminOverview } from '../../views.ts';
import { Section } from './section.tsx';

type Table = AdminOverview['tables'][number];

/** What takes how much room, largest first. */
export function StorageTable({ tables, databaseBytes }: { tables: readonly Table[]; databaseBytes: number }) {
  const largestFirst = tables.toSorted((a, b) => b.bytes - a.bytes);
  const largest = largestFirst[0]?.bytes ?? 1;
  return (
    <Section title="Storage" note={`${formatBytes(databaseBytes)} in the database, indexes included.`}>
      <DataTable
        caption="Tables by size"
        rows={largestFirst}
        keyOf={({ name }) => name}
        columns={[
          { name: 'Table', cell: ({ name }) => <code className="font-mono text-[0.8125rem]">{name}</code> },
          { name: 'Rows', numeric: true, cell: ({ rows }) => formatNumber(rows) },
          { name: 'Size', numeric: true, cell: ({ bytes }) => formatBytes(bytes) },
          {
            name: 'Share',
            cell: ({ name, bytes }) => (
              <MeterBar
                value={bytes / largest}
                label={`Size of ${name} against the largest table`}
                className="mt-2.5 w-full min-w-24"
              />
            ),
          },
        ]}
      />
    </Section>
  );
}
