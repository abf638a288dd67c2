import type { UnsupportedClaim } from './message-view.ts';
import type { CitedQuote } from './resolve-reference.ts';

/** What is let through of an answer, in order. */
export type CitationPiece =
  | { type: 'text'; text: string }
  /** A quote is cited for the first time; its `[number]` is in the next text. */
  | { type: 'citation'; number: number; cited: CitedQuote }
  /** A claim has no citation that could be verified; its `[?number]` is in the next text. */
  | ({ type: 'unsupported' } & UnsupportedClaim);

export interface AnswerPieces {
  write(text: string): void;
  /** Notes the claim, and writes its `[?n]` behind `gap`. */
  writeUnsupported(claim: Omit<UnsupportedClaim, 'number'>, gap: string): void;
  /** The number of a quote: by first use, the same for the same place. */
  numberOf(cited: CitedQuote): number;
  /** What has been cited so far, word for word. */
  quotes(): readonly string[];
  /** What has come since it was last asked. */
  take(): CitationPiece[];
}

/** Collects what is let through of an answer, and numbers its quotes and its unsupported claims. */
export function createAnswerPieces(): AnswerPieces {
  const numbers = new Map<string, number>();
  const quotes: string[] = [];
  let unsupportedCount = 0;
  let pieces: CitationPiece[] = [];

  function write(text: string): void {
    const last = pieces.at(-1);
    if (last?.type === 'text') last.text += text;
    else pieces.push({ type: 'text', text });
  }

  return {
    write,
    writeUnsupported(claim, gap) {
      unsupportedCount += 1;
      pieces.push({ type: 'unsupported', number: unsupportedCount, ...claim });
      write(`${gap}[?${unsupportedCount}]`);
    },
    numberOf(cited) {
      const { passage, quote } = cited;
      const key = `${passage.chunkId}:${quote.startOffset}:${quote.endOffset}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      const number = numbers.size + 1;
      numbers.set(key, number);
      quotes.push(quote.quote);
      pieces.push({ type: 'citation', number, cited });
      return number;
    },
    quotes: () => quotes,
    take() {
      const taken = pieces;
      pieces = [];
      return taken;
    },
  };
}
