import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { IconButton } from './button.tsx';

export const scrimClasses =
  'fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0';

export const dialogClasses =
  'popup-motion fixed inset-x-4 top-1/2 z-50 mx-auto max-h-[calc(100dvh-2rem)] max-w-md -translate-y-1/2 overflow-y-auto rounded-2xl border border-line bg-surface p-6 text-ink shadow-lift outline-none';

interface FormDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
}

/** A small dialog that holds a form. Focus starts in its first field. */
export function FormDialog({ open, onOpenChange, title, children }: FormDialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  const firstField = () => popup.current?.querySelector<HTMLElement>('form input, form textarea, form select') ?? true;
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={scrimClasses} />
        <Dialog.Popup ref={popup} initialFocus={firstField} className={dialogClasses}>
          <div className="mb-4 flex items-center justify-between gap-4">
            <Dialog.Title className="font-voice text-xl font-semibold">{title}</Dialog.Title>
            <Dialog.Close
              render={
                <IconButton label="Close" className="-mr-2">
                  <X aria-hidden className="size-5" />
                </IconButton>
              }
            />
          </div>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
