import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { scrimClasses } from './dialog.tsx';

const sides = {
  left: 'inset-y-0 left-0 w-[min(19rem,calc(100vw-3rem))] data-ending-style:-translate-x-full data-starting-style:-translate-x-full',
  right:
    'inset-y-0 right-0 w-[min(46rem,calc(100vw-3rem))] border-l border-line data-ending-style:translate-x-full data-starting-style:translate-x-full',
  bottom:
    'inset-x-0 bottom-0 h-[min(88dvh,100dvh-2rem)] rounded-t-2xl border-t border-line data-ending-style:translate-y-full data-starting-style:translate-y-full',
} as const;

interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  side: keyof typeof sides;
  /** The accessible name of the sheet. */
  label: string;
  /** Called when the sheet has closed; returns what shall have the focus. */
  finalFocus?: () => HTMLElement | null;
  children: ReactNode;
}

/** A panel over the page, from one of its edges: what a sidebar becomes where there is no room for one. */
export function Sheet({ open, onOpenChange, side, label, finalFocus, children }: SheetProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={classNames(scrimClasses, 'print:hidden')} />
        <Dialog.Popup
          aria-label={label}
          finalFocus={finalFocus ?? true}
          className={classNames(
            'fixed z-50 flex flex-col overflow-hidden print:hidden bg-surface text-ink shadow-lift transition-transform duration-200 ease-out outline-none',
            sides[side],
          )}
        >
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
