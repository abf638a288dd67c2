import { useSyncExternalStore } from 'react';

let text = '';
const listeners = new Set<() => void>();

/** Tells screen readers, politely, through the one status node of the page. */
export function announce(sentence: string): void {
  text = sentence;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Announcer() {
  const sentence = useSyncExternalStore(subscribe, () => text);
  return (
    <output aria-live="polite" className="sr-only">
      {sentence}
    </output>
  );
}
