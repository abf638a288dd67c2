import { useEffect } from 'react';
import { rereadUnsent } from './unsent-files.ts';
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

  useEffect(() => {
    const reread = ({ persisted }: PageTransitionEvent) => persisted && rereadUnsent();
    window.addEventListener('pageshow', reread);
    return () => window.removeEventListener('pageshow', reread);
  }, []);

  return null;
}
