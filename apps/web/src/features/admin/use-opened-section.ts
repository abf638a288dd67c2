import { type RefObject, useEffect, useRef, useState } from 'react';

/** By any of these the reader takes over. */
const ownMoves = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/**
 * Leads a page that was opened at one of its sections there once it has loaded, as browsers do for what stands there from the
 * start, and keeps it there while the sections above grow. @returns the ref for what grows.
 */
export function useOpenedSection<T extends HTMLElement>(isLoaded: boolean): RefObject<T | null> {
  const page = useRef<T>(null);
  // Whoever comes back to a page that is known already finds the place that was left.
  const [isOpening] = useState(!isLoaded);
  useEffect(() => {
    const anchor = window.location.hash.slice(1);
    if (!isOpening || !isLoaded || anchor === '' || page.current === null) return;
    const observer = new ResizeObserver(() => document.getElementById(anchor)?.scrollIntoView());
    observer.observe(page.current);
    const stop = () => observer.disconnect();
    for (const move of ownMoves) window.addEventListener(move, stop, { passive: true, once: true });
    return () => {
      stop();
      for (const move of ownMoves) window.removeEventListener(move, stop);
    };
  }, [isOpening, isLoaded]);
  return page;
}
