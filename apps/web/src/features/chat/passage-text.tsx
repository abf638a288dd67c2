import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DocumentBlocks } from '../../components/document-blocks.tsx';
import { excerptAround } from '../../passage-excerpt.ts';
import type { DocumentText } from '../../views.ts';
import type { CitedPassage } from './cite-address.ts';

/** Characters shown on either side of the passage at first. A document can be a thousand pages; the reader came for one. */
const firstRadius = 6_000;

interface PassageTextProps {
  document: DocumentText;
  passage: CitedPassage;
}

/** The document around the passage, which is highlighted and in view. */
export function PassageText({ document, passage }: PassageTextProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [radius, setRadius] = useState(firstRadius);
  const excerpt = useMemo(() => excerptAround(document, passage, radius), [document, passage, radius]);

  useLayoutEffect(() => {
    const { current } = scroller;
    const mark = current?.querySelector('mark');
    if (current != null && mark != null) {
      // Not scrollIntoView: that would scroll the page around it too.
      current.scrollTop = Math.max(0, mark.offsetTop - current.clientHeight / 3);
    }
  }, []);

  const more = (label: string) => (
    <Button look="quiet" size="small" className="self-start" onClick={() => setRadius(radius * 4)}>
      {label}
    </Button>
  );
  return (
    // A scrolling group, not a landmark; the keyboard has to reach it.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <div
      ref={scroller}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="group"
      aria-label="Document text"
      className="relative flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-5 py-5 -outline-offset-2"
    >
      {excerpt.hasBefore && more('Show earlier text')}
      <DocumentBlocks blocks={excerpt.blocks} />
      {excerpt.hasAfter && more('Show later text')}
    </div>
  );
}
