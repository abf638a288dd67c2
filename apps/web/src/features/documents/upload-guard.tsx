import { useEffect } from 'react';
import { useIsUploading } from './upload-queue.ts';

/** Has the browser ask before the page is left while files are on their way: what waits exists in this page alone. */
export function UploadGuard() {
  const uploading = useIsUploading();

  useEffect(() => {
    if (!uploading) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [uploading]);

  return null;
}
