import { type CitationReference, isMarkerStart, readMarker } from './citation-marker.ts';
import { createCodeTracker } from './code-tracker.ts';
import type { CitedQuote } from './resolve-reference.ts';
import { splitSentences } from './split-sentences.ts';

/** What the filter lets through, in order. */
export type CitationPiece =
  | { type: 'text'; text: string }
  /** A quote is cited for the first time; its `[number]` is in the next text. */
  | { type: 'citation'; number: number; cited: CitedQuote }
  /** No citation of a claim could be verified; its `[?number]` is in the next text. `quote` is what the model gave as proof. */
  | { type: 'unsupported'; number: number; claim: string; quote: string | null };

export interface CitationStream {
  push(delta: string): CitationPiece[];
  /** What was held back, once no more text comes. */
  end(): CitationPiece[];
}

/** The claim before a marker is looked for in this much text. */
const claimCharactersMax = 600;

/**
 * Turns a model's markers into verified citations while its text streams. What a marker names is for `resolve` to verify,
 * given the sentence it stands in. Quotes are numbered by first use. A claim none of whose markers holds is followed by
 * `[?n]` instead. A marker may arrive in pieces: the text is held back from an opening bracket until it is decided. Inside
 * code, brackets are code. The outcome depends on the text alone, not on how it was cut into deltas.
 */
export function createCitationStream(
  passageCount: number,
  resolve: (reference: CitationReference, claim: string) => CitedQuote | undefined,
): CitationStream {
  const numbers = new Map<string, number>();
  const code = createCodeTracker();
  let pieces: CitationPiece[] = [];
  /** Written text without markers, for the claim. */
  let recent = '';
  /** Spaces whose fate hangs on what follows: before a vanished marker and punctuation they vanish too. */
  let spaces = '';
  let marker = '';
  let previous: 'text' | 'citation' | 'vanished' = 'text';
  /** A claim whose marker failed, until it is known whether another one right behind it holds. */
  let failed: { claim: string; quote: string | null; spaces: string } | undefined;
  let failedCount = 0;

  function write(text: string): void {
    const last = pieces.at(-1);
    if (last?.type === 'text') last.text += text;
    else pieces.push({ type: 'text', text });
  }

  function writeFailed(): void {
    if (failed === undefined) return;
    failedCount += 1;
    pieces.push({ type: 'unsupported', number: failedCount, claim: failed.claim, quote: failed.quote });
    write(`${failed.spaces}[?${failedCount}]`);
    failed = undefined;
    previous = 'citation';
  }

  function writeCharacter(character: string): void {
    code.see(character);
    if (character === ' ' && !code.inside()) {
      if (!(previous === 'vanished' && spaces !== '')) spaces += ' ';
      return;
    }
    writeFailed();
    if (character === ']' && !code.inside() && becomesMarker(recent)) return;
    const closesGap = previous === 'vanished' && /[.,;:!?)\]\n]/.test(character);
    // A marker that runs into `(…)` or `:` would become a Markdown link or its definition.
    const gap = closesGap ? '' : spaces || (previous === 'citation' && /[(:]/.test(character) ? ' ' : '');
    write(gap + character);
    recent = (recent + gap + character).slice(-claimCharactersMax);
    spaces = '';
    previous = 'text';
  }

  function writeMarker(text: string): void {
    const references = readMarker(text, passageCount);
    if (references === undefined) {
      for (const character of text) writeCharacter(character);
      return;
    }
    // What is written in its place has no backtick, whatever the quote holds.
    code.see('[');
    const claim = lastSentence(recent);
    const shown = new Set<number>();
    for (const reference of references) {
      const cited = resolve(reference, claim);
      if (cited !== undefined) shown.add(numberOf(cited));
    }
    if (shown.size > 0) writeNumbers(shown);
    else if (previous === 'text') {
      failed = { claim, quote: references[0]?.quote ?? null, spaces };
      spaces = '';
      previous = 'vanished';
    } else if (previous === 'citation') previous = 'vanished';
  }

  function numberOf(cited: CitedQuote): number {
    const { passage, quote } = cited;
    const key = `${passage.chunkId}:${quote.startOffset}:${quote.endOffset}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = numbers.size + 1;
    numbers.set(key, number);
    pieces.push({ type: 'citation', number, cited });
    return number;
  }

  function writeNumbers(shown: ReadonlySet<number>): void {
    write((failed?.spaces ?? spaces) + [...shown].map((number) => `[${number}]`).join(''));
    failed = undefined;
    spaces = '';
    previous = 'citation';
  }

  function see(character: string): void {
    if (marker !== '') {
      if (isMarkerStart(marker + character)) {
        marker += character;
        return;
      }
      const whole = character === ']' ? marker + character : marker;
      marker = '';
      writeMarker(whole);
      if (character === ']') return;
    }
    if (character === '[' && !code.insideAfter(character)) marker = '[';
    else writeCharacter(character);
  }

  const taken = (): CitationPiece[] => {
    const result = pieces;
    pieces = [];
    return result;
  };
  return {
    push(delta) {
      for (const character of delta) see(character);
      return taken();
    },
    end() {
      // Half a marker at a cut is not worth showing; a lone bracket was text.
      if (marker === '[') writeCharacter(marker);
      marker = '';
      writeFailed();
      return taken();
    },
  };
}

/** Whether a bracket put after the text would read as a marker, though none was written: one vanished in between. */
function becomesMarker(text: string): boolean {
  const opened = /\[[\d ,;.–-]+$/.exec(text)?.[0];
  return opened !== undefined && readMarker(`${opened}]`, 1) !== undefined;
}

function lastSentence(text: string): string {
  const range = splitSentences(text).at(-1);
  return range ? text.slice(range.start, range.end) : '';
}
