import { ArrowDown } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { type GetTargetScrollTop, useStickToBottom } from 'use-stick-to-bottom';

interface TranscriptProps {
  /** The open citation: its chip is brought into view, and the answer no longer carries the reader along. */
  cite: string | undefined;
  /** Changes when a question is asked: the reader is then taken to it. */
  askedCount: number;
  children: ReactNode;
}

/**
 * Scrolls with the answer while the reader is at the bottom, until its question has reached the top: an answer is read from
 * its beginning. Never pulls a reader who has gone elsewhere.
 */
export function Transcript({ cite, askedCount, children }: TranscriptProps) {
  const { scrollRef, contentRef, isAtBottom, scrollToBottom, stopScroll } = useStickToBottom({
    resize: 'instant',
    initial: 'instant',
    targetScrollTop: untilQuestionAtTop,
  });

  useEffect(() => {
    if (askedCount > 0) {
      void scrollToBottom('instant');
    }
  }, [askedCount, scrollToBottom]);

  useEffect(() => {
    if (cite !== undefined) {
      stopScroll();
      const chip = document.querySelector(`[data-cite="${CSS.escape(cite)}"]`);
      chip?.scrollIntoView({ block: 'nearest' });
    }
  }, [cite, stopScroll]);

  return (
    <div className="relative min-h-0 flex-1 -outline-offset-2 outline-accent has-[>section:focus-visible]:outline-2 print:h-auto">
      {/* Scrollable by keyboard, and named for those who arrive by it. */}
      <section
        ref={scrollRef}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a keyboard scrolls it only when focused
        tabIndex={0}
        aria-label="Conversation"
        className="relative h-full overflow-y-auto px-5 outline-none [overflow-anchor:none] [mask-image:linear-gradient(to_bottom,transparent,black_1.25rem,black_calc(100%-1.25rem),transparent)] print:h-auto print:overflow-visible print:[mask-image:none]"
      >
        <div ref={contentRef} className="mx-auto flex w-full max-w-measure flex-col gap-12 pt-6 pb-12">
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

/** Clear of the edge, where the text fades out. */
const edgePx = 24;

/** The bottom, unless the last question would leave the view; of a question longer than half the view, its end stays. */
const untilQuestionAtTop: GetTargetScrollTop = (bottom, { scrollElement, contentElement }) => {
  const question = contentElement.querySelector('article:last-of-type h2')?.getBoundingClientRect();
  if (question === undefined) return bottom;
  const { top } = scrollElement.getBoundingClientRect();
  const lead = Math.max(question.top - edgePx, question.bottom - scrollElement.clientHeight / 2);
  return Math.min(bottom, scrollElement.scrollTop + lead - top);
};
