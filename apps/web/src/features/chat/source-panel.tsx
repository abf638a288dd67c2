import { useEffect, useRef } from 'react';
import { Sheet } from '../../components/sheet.tsx';
import { useMedia, wide } from '../../components/use-media.ts';
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
  const opener = useOpener(address);
  const open = address !== undefined && passage !== undefined;

  function close() {
    onClose();
    if (isWide) {
      opener()?.focus();
    }
  }

  if (!isWide) {
    return (
      <Sheet open={open} onOpenChange={(next) => !next && close()} side="bottom" label="Source" finalFocus={opener}>
        {open && <PassageRegion key={address} passage={passage} onClose={close} />}
      </Sheet>
    );
  }
  return open ? (
    <div className="flex w-[min(30rem,42%)] shrink-0 animate-rise flex-col overflow-hidden border-l border-line bg-surface">
      <PassageRegion key={address} passage={passage} onClose={close} />
      <EscapeCloses onClose={close} />
    </div>
  ) : null;
}

function PassageRegion({ passage, onClose }: { passage: CitedPassage | null; onClose: () => void }) {
  return (
    <aside aria-label="Source passage" className="flex min-h-0 flex-1 flex-col">
      <PassageView passage={passage} onClose={onClose} />
    </aside>
  );
}

function EscapeCloses({ onClose }: { onClose: () => void }) {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    function handle(event: KeyboardEvent) {
      const elsewhere = document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
      if (event.key === 'Escape' && !event.defaultPrevented && !elsewhere) {
        close.current();
      }
    }
    window.addEventListener('keydown', handle);
    return () => window.removeEventListener('keydown', handle);
  }, []);
  return null;
}

/** Remembers what opened the panel; for a panel opened by its address, the first chip with that address. */
function useOpener(address: string | undefined): () => HTMLElement | null {
  const opener = useRef<Element | null>(null);
  const lastAddress = useRef<string | undefined>(undefined);
  if (address !== lastAddress.current) {
    if (address !== undefined) {
      opener.current = document.activeElement;
    }
    lastAddress.current = address ?? lastAddress.current;
  }
  return () => {
    const { current } = opener;
    if (current instanceof HTMLElement && current.isConnected && current !== document.body) {
      return current;
    }
    const escaped = CSS.escape(lastAddress.current ?? '');
    return document.querySelector<HTMLElement>(`[data-cite="${escaped}"]`);
  };
}
