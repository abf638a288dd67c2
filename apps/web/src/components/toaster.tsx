import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { problemWords } from '../problem.ts';
import { buttonClasses, IconButton } from './button.tsx';
import { classNames } from './class-names.ts';

const manager = Toast.createToastManager();

/** Confirms something that has happened; announced politely. */
export function notify(title: string): void {
  manager.add({ title, timeout: 4_000 });
}

/** Confirms something that can be taken back for `seconds`. */
export function notifyUndoable(title: string, { seconds, onUndo }: { seconds: number; onUndo: () => void }): void {
  notifyOffer({ title, seconds, action: 'Undo', onAction: onUndo });
}

interface Offer {
  title: string;
  /** How long it is shown. */
  seconds: number;
  /** What the button says. */
  action: string;
  onAction: () => void;
}

/** Confirms something, with a step that may follow it. */
export function notifyOffer({ title, seconds, action, onAction }: Offer): void {
  const id = manager.add({
    title,
    timeout: seconds * 1_000,
    actionProps: {
      children: action,
      onClick: () => {
        manager.close(id);
        onAction();
      },
    },
  });
}

/** Takes back all that is shown. */
export function dismissNotices(): void {
  manager.close();
}

/** For a failure that has no place of its own on the page. */
export function notifyProblem(title: string, error: unknown): void {
  manager.add({ title, description: problemWords(error), type: 'problem', timeout: 10_000, priority: 'high' });
}

/**
 * On a phone above the field where one asks, over what can be scrolled away from under it. Elsewhere within the header,
 * which has nothing there: the buttons of a page are right below, so of several the others lie behind the newest until
 * the pointer or the focus comes to them.
 */
export function Toaster() {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-4 z-50 mx-auto print:hidden flex max-w-sm flex-col gap-2 outline-none max-sm:bottom-[calc(5.5rem+env(safe-area-inset-bottom))] sm:top-0.5 sm:right-18 sm:left-auto sm:w-sm">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

const behindTheNewest =
  'sm:not-data-expanded:absolute sm:not-data-expanded:inset-x-2 sm:not-data-expanded:inset-y-0 sm:not-data-expanded:-z-10 sm:not-data-expanded:translate-y-1 sm:not-data-expanded:overflow-hidden';

function ToastList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast, at) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      // What is beyond the limit answers to nothing until there is room for it.
      className={classNames(
        'popup-motion rounded-xl border border-line bg-surface text-ink shadow-lift data-limited:hidden data-[type=problem]:border-danger',
        at > 0 && behindTheNewest,
      )}
    >
      <Toast.Content className="flex items-center gap-3 py-1.5 pr-2 pl-4">
        <div className="min-w-0 flex-1 py-1.5 text-sm">
          <Toast.Title className="line-clamp-2 font-medium break-words" />
          <Toast.Description className="mt-0.5 text-soft" />
        </div>
        <Toast.Action className={buttonClasses('outline', 'small')} />
        <Toast.Close
          render={
            <IconButton label="Dismiss">
              <X aria-hidden className="size-4" />
            </IconButton>
          }
        />
      </Toast.Content>
    </Toast.Root>
  ));
}
