import { splitSentences } from './split-sentences.ts';

export interface SentenceTracker {
  /** More of the sentence, without markers. */
  add(text: string): void;
  /** A marker stands in the sentence, or right behind it. */
  markSeen(): void;
  /** The sentence so far. */
  current(): string;
  /** Of it, what stands behind the last marker. */
  sinceMarker(): string;
  /** Whether what has been added is over, should `next` follow it after white space. */
  endsBefore(gap: string, next: string): boolean;
  /** Whether the sentence is a row of a table so far. */
  isRow(): boolean;
  /** Begins the next sentence. @returns the last one; undefined where a marker was seen, or it heads a table. */
  end(): string | undefined;
}

const maybeOver = /[.!?…。！？]["'”’»)\]*_]*$/;
/** Any of the above is no longer. */
const endCharactersMax = 12;
/** Of a sentence so far, which never ends where a model writes nothing but decimals: what stands before says nothing of its end. */
const tailCharacters = 700;
const tableRule = /^[|\s:-]+$/;

/**
 * Follows the sentences of a Markdown text that is still being written. Lists, paragraphs and rows of tables end one; so does
 * any line, unless the next goes on in lower case.
 */
export function createSentenceTracker(): SentenceTracker {
  let text = '';
  let isMarked = false;
  let markedAt = 0;
  /** Rows above the rule of a table are its labels. */
  let isBelowRule = false;
  return {
    add(more) {
      text += more;
    },
    markSeen() {
      isMarked = true;
      markedAt = text.length;
    },
    current: () => text,
    sinceMarker: () => text.slice(markedAt),
    endsBefore(gap, next) {
      if (text === '') return false;
      if (gap.includes('\n')) return /\n[^\n]*\n/.test(gap) || text.endsWith('```') || !/\p{Ll}/u.test(next);
      if (!maybeOver.test(text.slice(-endCharactersMax))) return false;
      // Signs of emphasis are no part of a sentence's end.
      const plain = text.slice(-tailCharacters).replace(/[*_]+$/, '');
      return splitSentences(plain + gap + next).at(-1)?.start === plain.length + gap.length;
    },
    isRow: () => text.startsWith('|'),
    end() {
      const sentence = text;
      const isRow = text.startsWith('|');
      const isRule = isRow && tableRule.test(text);
      const isTold = isMarked || isRule || (isRow && !isBelowRule);
      isBelowRule = isRow && (isBelowRule || isRule);
      text = '';
      isMarked = false;
      markedAt = 0;
      return isTold || sentence === '' ? undefined : sentence;
    },
  };
}
