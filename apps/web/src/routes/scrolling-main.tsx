import type { ReactNode } from 'react';

/** The main part of a page that scrolls as a whole. Whoever comes back to it finds the place that was left. On a phone its end scrolls clear of the notices. */
export function ScrollingMain({ children }: { children: ReactNode }) {
  return (
    <main
      id="content"
      tabIndex={-1}
      data-scroll-restoration-id="page"
      className="relative min-w-0 flex-1 overflow-y-auto outline-none max-sm:pb-20 print:overflow-visible"
    >
      {children}
    </main>
  );
}
