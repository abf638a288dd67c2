import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../components/button.tsx';
import { PageTitle } from '../components/page-title.tsx';

/** What a page becomes when it breaks. The rest of the app stays usable. */
export function PageError({ error }: ErrorComponentProps) {
  return (
    <main id="content" tabIndex={-1} className="grid min-h-0 flex-1 place-items-center p-6 outline-none">
      <PageTitle title="Something broke" />
      <div role="alert" className="max-w-md">
        <h1 className="font-voice text-3xl font-semibold tracking-tight">This page broke</h1>
        <p className="mt-3 leading-relaxed text-soft">
          Nothing is lost: documents, conversations and drafts are stored. Reloading usually helps, above all after an
          update of the server.
        </p>
        <pre className="mt-4 overflow-x-auto rounded-lg border border-line bg-sunken p-3 font-mono text-xs text-muted">
          {error instanceof Error ? error.message : String(error)}
        </pre>
        <Button look="solid" className="mt-6" onClick={() => location.reload()}>
          Reload the page
        </Button>
      </div>
    </main>
  );
}
