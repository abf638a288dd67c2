import { useEffect, useEffectEvent } from 'react';
import { Sheet } from '../../components/sheet.tsx';
import { useMedia, wide } from '../../components/use-media.ts';
import { findOpener } from './citation-opener.ts';
import type { CitedPassage } from './cite-address.ts';
import { PassageView } from './passage-view.tsx';

interface SourcePanelProps {
  /** The address in the page's search; undefined closes the panel. */
  address: string | undefined;
  /** Undefined while the conversation loads, null when it holds no such citation. */
  passage: CitedPassage | null | undefined;
  onClose: () => void;
}

/** The document beside the answer: a column where there is room, a sheet where there is not. */
export function SourcePanel({ address, passage, onClose }: SourcePanelProps) {
  const isWide = useMedia(wide);
  const open = address !== undefined && passage !== undefined;

  if (!isWide) {
    return (
      <Sheet
        open={open}
        onOpenChange={(next) => !next && onClose()}
        side="bottom"
        label="Source"
        finalFocus={() => findOpener(address)}
      >
        {open && <PassageRegion key={address} passage={passage} onClose={onClose} />}
      </Sheet>
    );
  }
  return open ? <PassageColumn key={address} address={address} passage={passage} onClose={onClose} /> : null;
}

interface PassageColumnProps extends SourcePanelProps {
  passage: CitedPassage | null;
}

function PassageColumn({ address, passage, onClose }: PassageColumnProps) {
  function close() {
    onClose();
    findOpener(address)?.focus();
  }
  useEscape(close);
  return (
    <div className="flex w-[min(30rem,42%)] shrink-0 has-data-[view=page]:w-[min(46rem,52%)] animate-rise flex-col overflow-hidden border-l border-line bg-surface print:hidden">
      <PassageRegion passage={passage} onClose={close} />
    </div>
  );
}

function PassageRegion({ passage, onClose }: { passage: CitedPassage | null; onClose: () => void }) {
  return (
    <aside aria-label="Source passage" className="flex min-h-0 flex-1 flex-col">
      <PassageView passage={passage} onClose={onClose} />
    </aside>
  );
}

/** Escape anywhere on the page, unless something above it wants the key for itself. */
function useEscape(onEscape: () => void): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    const covered = document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
    if (event.key === 'Escape' && !event.defaultPrevented && !covered) {
      onEscape();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => handle(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
