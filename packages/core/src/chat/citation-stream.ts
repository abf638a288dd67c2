import { isMarkerStart, readMarker } from './citation-marker.ts';
import { createCodeTracker } from './code-tracker.ts';
import { splitSentences } from './split-sentences.ts';

/** What the filter lets through, in order. */
export type CitationPiece =
  | { type: 'text'; text: string }
  /** A passage is cited for the first time; its `[number]` is in the next text. `claim` is the sentence that cites it. */
  | { type: 'citation'; passageNumber: number; number: number; claim: string };

export interface CitationStream {
  push(delta: string): CitationPiece[];
  /** What was held back, once no more text comes. */
  end(): CitationPiece[];
}

/** The claim before a marker is looked for in this much text. */
const claimCharactersMax = 600;

/**
 * Turns a model's markers into citations while its text streams. `[1]`, `[1][2]`, `[1, 2]` and `[1-3]` name passages
 * of the prompt, from 1 to `passageCount`. Passages are renumbered by first use; markers that name no passage vanish.
 * A marker may arrive in pieces: the text is held back from an opening bracket until it is decided. Inside code,
 * brackets are code. The outcome depends on the text alone, not on how it was cut into deltas.
 */
export function createCitationStream(passageCount: number): CitationStream {
  const numbers = new Map<number, number>();
  const code = createCodeTracker();
  let pieces: CitationPiece[] = [];
  /** Written text without markers, for the claim. */
  let recent = '';
  /** Spaces whose fate hangs on what follows: before a vanished marker and punctuation they vanish too. */
  let spaces = '';
  let marker = '';
  let previous: 'text' | 'citation' | 'vanished' = 'text';

  function write(text: string): void {
    const last = pieces.at(-1);
    if (last?.type === 'text') last.text += text;
    else pieces.push({ type: 'text', text });
  }

  function writeCharacter(character: string): void {
    code.see(character);
    if (character === ' ' && !code.inside()) {
      if (!(previous === 'vanished' && spaces !== '')) spaces += ' ';
      return;
    }
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
    const valid = readMarker(text, passageCount);
    if (valid === undefined) {
      for (const character of text) writeCharacter(character);
      return;
    }
    for (const character of text) code.see(character);
    if (valid.length === 0) {
      if (previous === 'text') previous = 'vanished';
      return;
    }
    const claim = lastSentence(recent);
    for (const passageNumber of valid) {
      if (numbers.has(passageNumber)) continue;
      numbers.set(passageNumber, numbers.size + 1);
      pieces.push({ type: 'citation', passageNumber, number: numbers.size, claim });
    }
    write(spaces + valid.map((passageNumber) => `[${numbers.get(passageNumber)}]`).join(''));
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
      return taken();
    },
  };
}

/** Whether a bracket put after the text would read as a marker, though none was written: one vanished in between. */
function becomesMarker(text: string): boolean {
  const open = text.lastIndexOf('[');
  return open >= 0 && readMarker(`${text.slice(open)}]`, 0) !== undefined;
}

function lastSentence(text: string): string {
  const range = splitSentences(text).at(-1);
  return range ? text.slice(range.start, range.end) : '';
}
