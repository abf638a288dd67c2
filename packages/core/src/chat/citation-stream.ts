import { type CitationPiece, createAnswerPieces } from './answer-pieces.ts';
import { type CitationReference, isHalfMarker, readMarker } from './citation-marker.ts';
import { createCodeTracker } from './code-tracker.ts';
import { isClaim } from './is-claim.ts';
import { locateQuote } from './locate-quote.ts';
import { createMarkerScanner } from './marker-scanner.ts';
import type { UnsupportedClaim } from './message-view.ts';
import type { CitedQuote } from './resolve-reference.ts';
import { createSentenceTracker } from './sentence-tracker.ts';
import { supports } from './supports.ts';

export interface CitationStream {
  push(delta: string): CitationPiece[];
  /** What was held back, once no more text comes. */
  end(): CitationPiece[];
}

/** Of a sentence that is longer, the end is the claim. */
const claimCharactersMax = 600;

/**
 * Turns a model's markers into verified citations while its text streams. What a marker names is for `resolve` to verify,
 * given the sentence it stands in. Quotes are numbered by first use. A claim none of whose markers holds is followed by
 * `[?n]` instead, and so is each that has no marker, unless it says again what a quote cited before says, or `find` knows a passage
 * that says it word for word: that one is cited then. A marker may arrive in
 * pieces: the text is held back from an opening bracket until it is decided, and white space until something follows. Inside
 * code, brackets are code. The outcome depends on the text alone, not on how it was cut into deltas.
 */
export function createCitationStream(
  passageCount: number,
  resolve: (reference: CitationReference, claim: string) => CitedQuote | undefined,
  find: (sentence: string) => CitedQuote | undefined = () => undefined,
): CitationStream {
  const code = createCodeTracker();
  const sentences = createSentenceTracker();
  const pieces = createAnswerPieces();
  /** White space, and the end of a table's row, whose fate hangs on what follows. */
  let gap = '';
  let previous: 'text' | 'citation' | 'vanished' = 'text';
  /** A claim whose marker failed, until it is known whether another one right behind it holds. */
  let failed: (Omit<UnsupportedClaim, 'number'> & { gap: string }) | undefined;

  function writeUnsupported(claim: Omit<UnsupportedClaim, 'number'>, before: string): void {
    pieces.writeUnsupported(claim, before);
    previous = 'citation';
  }

  function writeFailed(): void {
    if (failed === undefined) return;
    const { gap: before, ...claim } = failed;
    failed = undefined;
    writeUnsupported(claim, before);
  }

  /** What stood behind the last sentence's end is known: nothing that proves it, or a marker. */
  function endSentence(): void {
    const sentence = sentences.end();
    if (sentence === undefined || !isClaim(sentence) || pieces.quotes().some((quote) => saysAgain(quote, sentence)))
      return;
    const cited = find(sentence);
    if (cited === undefined) writeUnsupported({ claim: sentence.trim(), quote: null, reason: 'uncited' }, ' ');
    else {
      pieces.write(` [${pieces.numberOf(cited)}]`);
      previous = 'citation';
    }
  }

  function writeCharacter(character: string): void {
    const isText = !code.inside();
    code.see(character);
    if (!code.inside() && isHeldBack(character)) {
      gap = addToGap(gap, character, previous === 'vanished');
      return;
    }
    writeFailed();
    const isNext = isText && sentences.endsBefore(gap, character);
    if (isNext) endSentence();
    if (character === ']' && !code.inside() && becomesMarker(sentences.current())) return;
    const closesGap = previous === 'vanished' && !gap.includes('\n') && /[.,;:!?)\]]/.test(character);
    // A marker that runs into `(…)` or `:` would become a Markdown link or its definition.
    const between = closesGap ? '' : gap || (previous === 'citation' && /[(:]/.test(character) ? ' ' : '');
    pieces.write(between + character);
    sentences.add(isNext ? character : between + character);
    gap = '';
    previous = 'text';
  }

  function isHeldBack(character: string): boolean {
    if (character === '|') return sentences.isRow() && !gap.includes('\n');
    return character === ' ' || character === '\n';
  }

  function writeMarker(text: string): void {
    const references = readMarker(text, passageCount);
    if (references === undefined) {
      for (const character of text) writeCharacter(character);
      return;
    }
    // What is written in its place has no backtick, whatever the quote holds.
    code.see('[');
    const claim = claimOf(sentences.current());
    // Where a sentence has several markers, each may stand for its own part.
    const part = claimOf(sentences.sinceMarker());
    sentences.markSeen();
    const shown = new Set<number>();
    for (const reference of references) {
      const cited = resolve(reference, claim) ?? (part === '' || part === claim ? undefined : resolve(reference, part));
      if (cited !== undefined) shown.add(pieces.numberOf(cited));
    }
    if (shown.size > 0) writeNumbers(shown);
    else if (previous === 'text') {
      const [first] = references;
      failed = { claim, quote: first?.quote ?? null, reason: reasonOf(first, passageCount), gap };
      gap = '';
      previous = 'vanished';
    } else if (previous === 'citation') previous = 'vanished';
  }

  function writeNumbers(shown: ReadonlySet<number>): void {
    pieces.write((failed?.gap ?? gap) + [...shown].map((number) => `[${number}]`).join(''));
    failed = undefined;
    gap = '';
    previous = 'citation';
  }

  const markers = createMarkerScanner(writeCharacter, writeMarker, (character) => !code.insideAfter(character));
  return {
    push(delta) {
      for (const character of delta) markers.see(character);
      return pieces.take();
    },
    end() {
      // Half a marker at a cut is not worth showing, and proves nothing. In anything else the bracket was text, and what follows it too.
      for (let held = markers.end(); held !== '' && !isHalfMarker(held); held = markers.end()) {
        writeCharacter(held.slice(0, 1));
        for (const character of held.slice(1)) markers.see(character);
      }
      writeFailed();
      endSentence();
      if (gap.includes('|')) pieces.write(gap.trimEnd());
      return pieces.take();
    },
  };
}

/** Behind a marker that vanished, one white space is enough. */
function addToGap(gap: string, character: string, isVanished: boolean): string {
  // The end of a table's cell is no white space.
  if (!isVanished || gap === '' || character === '|' || gap.endsWith('|')) return gap + character;
  return character === '\n' ? gap.trimEnd() + character : gap;
}

function reasonOf(reference: CitationReference | undefined, passageCount: number): UnsupportedClaim['reason'] {
  if (reference === undefined || reference.passageNumber < 1 || reference.passageNumber > passageCount)
    return 'unknown-passage';
  return reference.quote === null ? 'not-proven' : 'quote-not-found';
}

/** Whether a bracket put after the text would read as a marker, though none was written: one vanished in between. */
function becomesMarker(text: string): boolean {
  const opened = /\[[\d ,;.–-]+$/.exec(text)?.[0];
  return opened !== undefined && readMarker(`${opened}]`, 1) !== undefined;
}

function claimOf(sentence: string): string {
  return sentence.trim().slice(-claimCharactersMax);
}

/** Whether a sentence says nothing but what a quote says: its very words, or all of its content words and no others. */
function saysAgain(quote: string, sentence: string): boolean {
  return locateQuote(quote, sentence) !== undefined || (supports(quote, sentence, 1) && supports(sentence, quote, 1));
}
