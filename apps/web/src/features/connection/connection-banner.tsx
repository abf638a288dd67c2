import { Unplug, Wifi } from 'lucide-react';
import { useConnectionState } from './connection.ts';

/** Says when the server is away, and that it came back. Always mounted: a live region must exist before it speaks. */
export function ConnectionBanner() {
  const state = useConnectionState();
  return (
    <output aria-live="polite" className="block shrink-0 print:hidden">
      {state === 'away' && (
        <span className="flex items-center justify-center gap-2 bg-warn-wash px-4 py-2 text-sm text-warn">
          <Unplug aria-hidden className="size-4 shrink-0" />
          The server is away. Reconnecting; nothing you wrote is lost.
        </span>
      )}
      {state === 'back' && (
        <span className="flex items-center justify-center gap-2 bg-accent-wash px-4 py-2 text-sm text-accent">
          <Wifi aria-hidden className="size-4 shrink-0" />
          Connected again.
        </span>
      )}
    </output>
  );
}
