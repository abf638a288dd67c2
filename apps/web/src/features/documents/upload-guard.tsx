import { useEffect } from 'react';
import { keepUnsent } from './unsent-files.ts';
import { onArrival, unsentPaths, useIsUploading } from './upload-queue.ts';

/**
 * Has the browser ask before the page is left while files are on their way, for what waits exists in this page alone;
 * and remembers their names, for a page that goes without being asked.
 */
export function UploadGuard() {
  const uploading = useIsUploading();

  useEffect(() => {
    if (!uploading) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [uploading]);

  useEffect(() => {
    // What is out of sight may be put away without a further word.
    const keep = () => keepUnsent(document.visibilityState === 'hidden' ? unsentPaths() : []);
    const keepAll = () => keepUnsent(unsentPaths());
    document.addEventListener('visibilitychange', keep);
    window.addEventListener('pagehide', keepAll);
    const endArrivals = onArrival(keep);
    return () => {
      document.removeEventListener('visibilitychange', keep);
      window.removeEventListener('pagehide', keepAll);
      endArrivals();
    };
  }, []);

  return null;
}
