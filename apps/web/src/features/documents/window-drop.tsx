import { useNavigate } from '@tanstack/react-router';
import { FileDown } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { notifyProblem } from '../../components/toaster.tsx';
import { useTwinStatus } from '../../use-twin-status.ts';
import { droppedFiles } from './dropped-files.ts';
import { addUploads, tellUnreadable } from './upload-queue.ts';

/** Takes files dropped or pasted anywhere in the window, and shows while they hover that it will. */
export function WindowDrop() {
  const bytesMax = useTwinStatus().data?.limits.uploadBytesMax ?? Number.POSITIVE_INFINITY;
  const navigate = useNavigate();
  const hovering = useFileDrop(take);
  useFilePaste(take);

  function take(transfer: DataTransfer) {
    droppedFiles(transfer).then(
      ({ files, unreadable }) => {
        if (files.length + unreadable.length > 0) {
          addUploads(files, bytesMax);
          tellUnreadable(unreadable);
          void navigate({ to: '/documents' });
        }
      },
      (error: unknown) => notifyProblem('The browser could not read these files', error),
    );
  }

  if (!hovering) {
    return null;
  }
  return (
    <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-scrim p-6">
      <div className="flex animate-rise flex-col items-center gap-3 rounded-2xl border-2 border-dashed border-accent bg-surface px-12 py-10 shadow-lift">
        <FileDown aria-hidden className="size-8 text-accent" />
        <p className="font-voice text-xl font-semibold">Drop to add to your twin</p>
      </div>
    </div>
  );
}

function useFileDrop(onDrop: (transfer: DataTransfer) => void): boolean {
  const [hovering, setHovering] = useState(false);
  const handle = useEffectEvent(onDrop);

  useEffect(() => {
    // Entering a child fires before leaving its parent: count, or the overlay flickers.
    let depth = 0;
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const step = (by: number) => (event: DragEvent) => {
      if (carriesFiles(event)) {
        depth = Math.max(0, depth + by);
        setHovering(depth > 0);
      }
    };
    const enter = step(1);
    const leave = step(-1);
    const over = (event: DragEvent) => carriesFiles(event) && event.preventDefault();
    const drop = (event: DragEvent) => {
      if (carriesFiles(event) && event.dataTransfer !== null) {
        event.preventDefault();
        depth = 0;
        setHovering(false);
        handle(event.dataTransfer);
      }
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, []);

  return hovering;
}

/**
 * Office programs put a picture of the words beside the words that are copied, which belong in the field and carry their
 * format. Plain text alone tells nothing: the Finder puts the names of files beside the files.
 */
function useFilePaste(onPaste: (transfer: DataTransfer) => void): void {
  const handle = useEffectEvent((event: ClipboardEvent) => {
    const { clipboardData } = event;
    if (clipboardData === null || clipboardData.files.length === 0) return;
    if (clipboardData.types.some((type) => type === 'text/html' || type === 'text/rtf')) return;
    event.preventDefault();
    onPaste(clipboardData);
  });
  useEffect(() => {
    window.addEventListener('paste', handle);
    return () => window.removeEventListener('paste', handle);
  }, []);
}
