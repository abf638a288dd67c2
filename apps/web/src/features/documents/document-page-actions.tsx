import { useNavigate } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { buttonClasses } from '../../components/button.tsx';
import type { DocumentView } from '../../views.ts';
import { DocumentMenu } from './document-menu.tsx';

/** What can be done with the document on its own page, which a deletion leaves. */
export function DocumentPageActions({ document }: { document: DocumentView }) {
  const navigate = useNavigate();
  return (
    <div className="flex gap-2">
      <a href={`/api/documents/${encodeURIComponent(document.id)}/file`} download className={buttonClasses()}>
        <Download aria-hidden className="size-4" />
        Download original
      </a>
      <DocumentMenu document={document} className="size-10" onDelete={() => void navigate({ to: '/documents' })} />
    </div>
  );
}
