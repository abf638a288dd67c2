import { useState } from 'react';

/** How wide the page is, in widths of the place it is shown in. */
const levels = [1, 1.5, 2, 3] as const;

export interface Zoom {
  level: number;
  /** Undefined where it goes no further. */
  smaller: (() => void) | undefined;
  larger: (() => void) | undefined;
  fit: (() => void) | undefined;
}

export function useZoom(): Zoom {
  const [at, setAt] = useState(0);
  const to = (next: number) => (levels[next] === undefined ? undefined : () => setAt(next));
  return { level: levels[at] ?? 1, smaller: to(at - 1), larger: to(at + 1), fit: at === 0 ? undefined : to(0) };
}
