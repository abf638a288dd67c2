import type { ReactNode } from 'react';

/** What a wide table scrolls in by itself. A keyboard has to be able to reach it. */
export function TableFrame({ className, children }: { className: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a keyboard scrolls it only when focused
    <div role="group" aria-label="Table" tabIndex={0} className={className}>
      {children}
    </div>
  );
}
