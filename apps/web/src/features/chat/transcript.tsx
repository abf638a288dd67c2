import { ArrowDown } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useStickToBottom } from 'use-stick-to-bottom';

interface TranscriptProps {
  /** Changes when a question is asked: the reader is then taken to it. */
  askedCount: number;
  children: ReactNode;
}

/** Scrolls with the answer while the reader is at the bottom, and never pulls a reader who has gone elsewhere. */
export function Transcript({ askedCount, children }: TranscriptProps) {
  const { scrollRef, contentRef, isAtBottom, scrollToBottom } = useStickToBottom({
    resize: 'instant',
    initial: 'instant',
  });

  useEffect(() => {
    if (askedCount > 0) {
      void scrollToBottom('instant');
    }
  }, [askedCount, scrollToBottom]);

  return (
    <div className="relative min-h-0 flex-1">
      {/* Scrollable by keyboard, and named for those who arrive by it. */}
      <section
        ref={scrollRef}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label="Conversation"
        className="h-full overflow-y-auto px-5 -outline-offset-2 [overflow-anchor:none]"
      >
        <div ref={contentRef} className="mx-auto flex w-full max-w-measure flex-col gap-12 pt-4 pb-16">
          {children}
        </div>
      </section>
      {!isAtBottom && (
        <button
          type="button"
          onClick={() => void scrollToBottom('smooth')}
          className="target absolute bottom-3 left-1/2 inline-flex h-9 -translate-x-1/2 animate-rise items-center gap-2 rounded-full border border-line-strong bg-surface px-4 text-sm font-medium shadow-lift hover:bg-hover"
        >
          <ArrowDown aria-hidden className="size-4" />
          Jump to latest
        </button>
      )}
    </div>
  );
}
