import { ChevronLeft, ChevronRight, MoveHorizontal, ZoomIn, ZoomOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../components/button.tsx';
import { formatNumber } from '../../format.ts';
import type { Zoom } from './use-zoom.ts';

interface PageToolbarProps {
  page: number;
  /** Undefined until the first page has been asked for. */
  pageCount: number | undefined;
  onPage: (page: number) => void;
  zoom: Zoom;
}

/** Which page it is, the ways to its neighbours, and how large it is shown. */
export function PageToolbar({ page, pageCount, onPage, zoom }: PageToolbarProps) {
  const hasNext = pageCount !== undefined && page < pageCount;
  return (
    <div
      role="group"
      aria-label="Pages"
      className="flex flex-wrap items-center gap-x-0.5 border-b border-line px-3 py-1"
    >
      <Step label="Previous page" onStep={page > 1 ? () => onPage(page - 1) : undefined}>
        <ChevronLeft aria-hidden className="size-5" />
      </Step>
      <output className="tabular px-1 text-sm whitespace-nowrap text-soft">
        Page {formatNumber(page)}
        {pageCount !== undefined && ` of ${formatNumber(pageCount)}`}
      </output>
      <Step label="Next page" onStep={hasNext ? () => onPage(page + 1) : undefined}>
        <ChevronRight aria-hidden className="size-5" />
      </Step>
      <span className="ml-auto flex gap-0.5">
        <Step label="Smaller" onStep={zoom.smaller}>
          <ZoomOut aria-hidden className="size-5" />
        </Step>
        <Step label="Larger" onStep={zoom.larger}>
          <ZoomIn aria-hidden className="size-5" />
        </Step>
        <Step label="Fit width" onStep={zoom.fit}>
          <MoveHorizontal aria-hidden className="size-5" />
        </Step>
      </span>
    </div>
  );
}

/** Stays in the order of the keyboard where it can do nothing: whoever has come to the last page keeps their place. */
function Step({ label, onStep, children }: { label: string; onStep: (() => void) | undefined; children: ReactNode }) {
  return (
    <IconButton
      label={label}
      aria-disabled={onStep === undefined}
      onClick={onStep}
      className="aria-disabled:opacity-40 aria-disabled:hover:bg-transparent aria-disabled:hover:text-muted"
    >
      {children}
    </IconButton>
  );
}
