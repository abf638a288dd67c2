import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface Column<Row> {
  name: string;
  /** Right-aligned with figures of one width. */
  numeric?: boolean;
  /** Words stay whole, where a column beside it would else take their room. */
  wholeWords?: boolean;
  cell: (row: Row) => ReactNode;
}

interface DataTableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}

/** A table; on narrow screens each row becomes a small card that names its own columns. */
export function DataTable<Row>({ caption, columns, rows, keyOf }: DataTableProps<Row>) {
  return (
    <table className="data-table w-full text-left text-[0.9375rem]">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-sm text-muted">
        <tr>
          {columns.map(({ name, numeric }) => (
            <th key={name} scope="col" className={classNames('pb-2 font-medium', numeric && 'text-right')}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ name, numeric, wholeWords, cell }) => (
              <td
                key={name}
                data-column={name}
                className={classNames(numeric && 'tabular sm:text-right', wholeWords && 'wrap-normal')}
              >
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
