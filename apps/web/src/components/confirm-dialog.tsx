import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { dialogClasses, scrimClasses } from './dialog.tsx';

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: ReactNode;
  /** The verb of what happens, e.g. "Delete document". */
  action: string;
  onConfirm: () => void;
}

/** Asks before something that cannot be undone. Focus starts on Cancel and returns to where it was. */
export function ConfirmDialog({ open, onOpenChange, title, description, action, onConfirm }: ConfirmDialogProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={scrimClasses} />
        <AlertDialog.Popup className={dialogClasses}>
          <AlertDialog.Title className="font-voice text-xl font-semibold text-balance">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-[0.9375rem] leading-relaxed text-soft">
            {description}
          </AlertDialog.Description>
          <div className="mt-6 flex flex-wrap justify-end gap-3">
            <AlertDialog.Close render={<Button>Cancel</Button>} />
            <AlertDialog.Close
              render={
                <Button look="danger" onClick={onConfirm}>
                  {action}
                </Button>
              }
            />
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
