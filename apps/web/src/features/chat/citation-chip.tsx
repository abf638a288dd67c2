import { PreviewCard } from '@base-ui/react/preview-card';
import { createContext, useContext } from 'react';
import type { Citation, UnsupportedClaim } from '../../views.ts';
import { citeAddress } from './cite-address.ts';
import { PassagePlace } from './passage-place.tsx';
import { useStaleNote } from './stale-sources.ts';

/** What a chip needs to know of the answer it stands in. */
interface CitationContext {
  messageId: string;
  citations: readonly Citation[];
  unsupported: readonly UnsupportedClaim[];
  /** The citation that is open beside the answer, by its address. */
  openAddress: string | undefined;
  onOpen: (address: string) => void;
}

export const CitationsOfAnswer = createContext<CitationContext | null>(null);

/** The card belongs to the page's main part, above whatever scrolls or clips in it. */
export const pageMain = {
  get current() {
    return document.getElementById('content');
  },
};

/** The number at the end of a claim. Hover or focus shows the quote, a press opens it in its document. */
export function CitationChip({ number }: { number: number }) {
  const context = useContext(CitationsOfAnswer);
  const citation = context?.citations.find((candidate) => candidate.number === number);
  if (context === null || citation === undefined) {
    return null;
  }
  return <ShownChip context={context} citation={citation} />;
}

function ShownChip({ context, citation }: { context: CitationContext; citation: Citation }) {
  const { number, documentTitle } = citation;
  const address = citeAddress(context.messageId, number);
  const stale = useStaleNote(citation.versionId);
  return (
    <PreviewCard.Root>
      <PreviewCard.Trigger
        delay={250}
        closeDelay={120}
        render={
          <button
            type="button"
            data-cite={address}
            aria-expanded={context.openAddress === address}
            aria-label={`Citation ${number}: ${documentTitle}${stale === null ? '' : `, ${stale}`}`}
            data-stale={stale === null ? undefined : true}
            onClick={() => context.onOpen(address)}
            className="citation-chip"
          />
        }
      >
        {number}
      </PreviewCard.Trigger>
      <PreviewCard.Portal container={pageMain}>
        <PreviewCard.Positioner sideOffset={8} collisionPadding={16} className="z-50">
          <PreviewCard.Popup className="popup-motion w-80 max-w-[calc(100vw-2rem)] rounded-xl border border-line bg-surface p-4 text-ink shadow-lift">
            <p dir="auto" className="text-sm leading-snug font-semibold">
              {documentTitle}
            </p>
            <PassagePlace {...citation} title={documentTitle} />
            {stale !== null && <p className="mt-1 text-sm text-warn">This document is {stale}.</p>}
            <blockquote
              dir="auto"
              className="mt-3 line-clamp-6 border-s-2 border-mark ps-3 font-voice text-[0.9375rem] leading-relaxed text-soft"
            >
              {citation.quote}
            </blockquote>
          </PreviewCard.Popup>
        </PreviewCard.Positioner>
      </PreviewCard.Portal>
    </PreviewCard.Root>
  );
}
