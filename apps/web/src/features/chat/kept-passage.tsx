import { flowingText } from './flowing-text.ts';

interface KeptPassageProps {
  /** Null where nothing but the quote was kept. */
  passage: string | null;
  quote: string;
}

/** The words an answer stands on, in what was kept around them: for those who cannot open the document. */
export function KeptPassage(kept: KeptPassageProps) {
  const [passage, quote] = [flowingText(kept.passage ?? ''), flowingText(kept.quote)];
  const at = passage.indexOf(quote);
  const [before, after] = at === -1 ? ['', ''] : [passage.slice(0, at), passage.slice(at + quote.length)];
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a keyboard scrolls it only when focused
      tabIndex={0}
      role="group"
      aria-label="Passage"
      className="min-h-0 flex-1 overflow-y-auto px-5 py-5 -outline-offset-2"
    >
      <p dir="auto" className="font-voice text-[1.0625rem] leading-relaxed break-words whitespace-pre-wrap">
        {before}
        <mark>{quote}</mark>
        {after}
      </p>
    </div>
  );
}
