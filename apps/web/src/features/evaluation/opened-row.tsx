import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

interface OpenedRowProps {
  title: string;
  /** Below the title. */
  note?: string | undefined;
  verdict: ReactNode;
  children: ReactNode;
}

/** A row that opens to what is behind it. */
export function OpenedRow({ title, note, verdict, children }: OpenedRowProps) {
  return (
    <details className="group">
      <summary className="target flex cursor-pointer list-none items-start gap-2 rounded-lg py-3 hover:bg-hover">
        <ChevronRight
          aria-hidden
          className="mt-1 size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
        />
        <span className="min-w-0 flex-1 break-words">
          {title}
          {note !== undefined && <span className="mt-0.5 block text-sm text-muted">{note}</span>}
        </span>
        <span className="shrink-0 text-sm leading-6">{verdict}</span>
      </summary>
      {children}
    </details>
  );
}
