import { useLayoutEffect, useMemo, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { DocumentBlocks } from '../../components/document-blocks.tsx';
import { blocksOf, placeIn } from '../../passage-excerpt.ts';
import type { PassageWindow } from '../../views.ts';
import type { CitedPassage } from './cite-address.ts';

interface PassageTextProps {
  shown: PassageWindow;
  passage: CitedPassage;
  onMore: () => void;
}

/** The document around the passage, which is highlighted and in view. */
export function PassageText({ shown, passage, onMore }: PassageTextProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const blocks = useMemo(() => blocksOf(shown, placeIn(shown, passage)), [shown, passage]);

  useLayoutEffect(() => {
    const { current } = scroller;
    const mark = current?.querySelector('mark');
    if (current != null && mark != null) {
      // Not scrollIntoView: that would scroll the page around it too.
      current.scrollTop = Math.max(0, mark.offsetTop - current.clientHeight / 3);
    }
  }, []);

  const more = (label: string) => (
    <Button look="quiet" size="small" className="self-start" onClick={onMore}>
      {label}
    </Button>
  );
  return (
    // A scrolling group, not a landmark.
    <div
      ref={scroller}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a keyboard scrolls it only when focused
      tabIndex={0}
      role="group"
      aria-label="Document text"
      className="relative flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-5 py-5 -outline-offset-2"
    >
      {shown.hasBefore && more('Show earlier text')}
      <DocumentBlocks blocks={blocks} pageKind={passage.pageKind ?? 'page'} />
      {shown.hasAfter && more('Show later text')}
    </div>
  );
}
