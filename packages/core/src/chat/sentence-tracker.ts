import { splitSentences } from './split-sentences.ts';

export interface SentenceTracker {
  /** More of the sentence, without markers. */
  add(text: string): void;
  /** A marker stands in the sentence, or right behind it. */
  markSeen(): void;
  /** Whether what has been added is over, should `next` follow it after white space. */
  endsBefore(gap: string, next: string): boolean;
  /** Whether the sentence is a row of a table so far. */
  isRow(): boolean;
  /** Begins the next sentence. @returns the last one; undefined where a marker was seen, or it heads a table. */
  end(): string | undefined;
}

const maybeOver = /[.!?…。！？]["'”’»)\]*_]*$/;
const tableRule = /^[|\s:-]+$/;

/**
 * Follows the sentences of a Markdown text that is still being written. Lists, paragraphs and rows of tables end one; so does
 * any line, unless the next goes on in lower case.
 */
export function createSentenceTracker(): SentenceTracker {
  let text = '';
  let isMarked = false;
  /** Rows above the rule of a table are its labels. */
  let isBelowRule = false;
  return {
    add(more) {
      text += more;
    },
    markSeen() {
      isMarked = true;
    },
    endsBefore(gap, next) {
      if (text === '') return false;
      if (gap.includes('\n')) return /\n[^\n]*\n/.test(gap) || text.endsWith('```') || !/\p{Ll}/u.test(next);
      if (!maybeOver.test(text)) return false;
      // Signs of emphasis are no part of a sentence's end.
      const plain = text.replace(/[*_]+$/, '');
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
      return isTold || sentence === '' ? undefined : sentence;
    },
  };
}
