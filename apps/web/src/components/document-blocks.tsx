import type { ExcerptBlock, ExcerptPart } from '../passage-excerpt.ts';
import { type TableRow, tableRowsOf } from '../table-rows.ts';
import { TableFrame } from './table-frame.tsx';

const looks = {
  heading: 'font-semibold leading-snug mt-3',
  paragraph: '',
  'list-item': 'ps-5 -indent-4',
  table: 'font-mono text-[0.8125rem] leading-normal whitespace-pre-wrap',
  code: 'rounded-lg bg-sunken p-3 font-mono text-[0.8125rem] leading-normal whitespace-pre-wrap',
  quote: 'border-s-2 border-line-strong ps-4 text-soft',
} as const;

interface DocumentBlocksProps {
  blocks: readonly ExcerptBlock[];
  /** What its pages are called. */
  pageKind: 'page' | 'slide';
}

/** A document's text, block by block, as it was read from the file: the words count, not the layout. */
export function DocumentBlocks({ blocks, pageKind }: DocumentBlocksProps) {
  return (
    <div className="flex flex-col gap-3.5 font-voice text-[1.0625rem] leading-[1.65] break-words">
      {blocks.map((block) => (
        <div key={block.start} className="contents">
          {block.newPage !== null && <PageMark page={block.newPage} pageKind={pageKind} />}
          <BlockText block={block} />
        </div>
      ))}
    </div>
  );
}

function BlockText({ block }: { block: ExcerptBlock }) {
  const rows = block.kind === 'table' ? tableRowsOf(block.parts) : null;
  if (rows !== null) return <BlockTable rows={rows} />;
  // Line ends inside prose are the file's, not the author's: they flow. Tables and code keep them.
  return (
    <div dir="auto" className={looks[block.kind]}>
      <Parts parts={block.parts} />
    </div>
  );
}

function Parts({ parts }: { parts: readonly ExcerptPart[] }) {
  return parts.map((part, index) =>
    // At most three, and they never move.
    part.marked ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
  );
}

function BlockTable({ rows }: { rows: readonly TableRow[] }) {
  return (
    <TableFrame className="overflow-x-auto rounded-lg border border-line">
      <table className="w-full text-start font-sans text-sm leading-snug">
        <tbody className="divide-y divide-line">
          {rows.map(({ isHead, cells }, at) => {
            const Cell = isHead ? 'th' : 'td';
            return (
              // Rows and cells never move.
              <tr key={at} className={isHead ? 'bg-sunken' : undefined}>
                {cells.map((parts, column) => (
                  <Cell
                    key={column}
                    {...(isHead && { scope: 'col' })}
                    dir="auto"
                    className="tabular min-w-20 px-3 py-2 text-start align-top"
                  >
                    <Parts parts={parts} />
                  </Cell>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </TableFrame>
  );
}

function PageMark({ page, pageKind }: { page: number } & Pick<DocumentBlocksProps, 'pageKind'>) {
  return (
    <div className="mt-3 flex items-center gap-3 font-sans text-xs text-muted first:mt-0">
      <span className="tabular">
        {pageKind === 'slide' ? 'Slide' : 'Page'} {page}
      </span>
      <span aria-hidden className="h-px flex-1 bg-line" />
    </div>
  );
}
