import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface Column<Row> {
  name: string;
  /** Right-aligned with figures of one width. */
  numeric?: boolean;
  cell: (row: Row) => ReactNode;
}

interface DataTableProps<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}

/** A table; on narrow screens each row becomes a small card that names its own columns. */
export function DataTable<Row>({ caption, columns, rows, keyOf }: DataTableProps<Row>) {
  return (
    <table role="table" className="data-table w-full text-left text-[0.9375rem]">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="text-sm text-muted">
        <tr role="row">
          {columns.map(({ name, numeric }) => (
            <th
              key={name}
              role="columnheader"
              scope="col"
              className={classNames('pb-2 font-medium', numeric && 'text-right')}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map(({ name, numeric, cell }) => (
              <td key={name} role="cell" data-column={name} className={classNames(numeric && 'tabular sm:text-right')}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
