import { FileText, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { useMedia, wide } from '../../components/use-media.ts';
import { placeIn } from '../../passage-excerpt.ts';
import type { DocumentText } from '../../views.ts';
import { firstPageOf } from '../pages/first-page.ts';
import { PageView } from '../pages/page-view.tsx';

interface PassagePageButtonProps {
  document: DocumentText;
  chunk: DocumentText['chunks'][number];
}

/** Opens the page of the original that a passage stands on; nothing where there is none to show. */
export function PassagePageButton({ document, chunk }: PassagePageButtonProps) {
  const [open, setOpen] = useState(false);
  const isWide = useMedia(wide);
  const firstPage = firstPageOf(document, chunk);
  if (firstPage === null) return null;
  return (
    <>
      <Button
        look="quiet"
        size="small"
        aria-label={`Passage ${chunk.ordinal + 1} on its page`}
        className="reach -my-1.5 h-8"
        onClick={() => setOpen(true)}
      >
        <FileText aria-hidden className="size-4" />
        Page
      </Button>
      <Sheet open={open} onOpenChange={setOpen} side={isWide ? 'right' : 'bottom'} label="Page">
        <header className="flex items-center gap-3 border-b border-line py-2 pr-3 pl-5">
          <h2 dir="auto" className="min-w-0 flex-1 truncate font-semibold">
            {document.title}
          </h2>
          <IconButton label="Close page" onClick={() => setOpen(false)}>
            <X aria-hidden className="size-5" />
          </IconButton>
        </header>
        <PassagePage document={document} chunk={chunk} firstPage={firstPage} />
      </Sheet>
    </>
  );
}

function PassagePage({ document, chunk, firstPage }: PassagePageButtonProps & { firstPage: number }) {
  const [refusal, setRefusal] = useState<string>();
  const { documentId, versionId, title, text } = document;
  const { startOffset, endOffset } = chunk;
  const place = placeIn(document, chunk);
  const words = text.slice(place.startOffset, place.endOffset);
  if (refusal !== undefined) {
    return (
      <div role="status" className="p-5">
        <Notice>{refusal}</Notice>
      </div>
    );
  }
  const original = { documentId, versionId, title, place: { startOffset, endOffset }, words, firstPage };
  return <PageView original={original} onRefused={setRefusal} />;
}
