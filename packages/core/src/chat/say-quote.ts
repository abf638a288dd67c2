import { bracketedAddress } from '../documents/bracketed-address.ts';
import { toMarkdownText } from './markdown-text.ts';

const numberedNote = String.raw`\[(?:\d{1,4}|(?:note|nb|Note|NB) \d+|[Cc]itation needed)\]`;
const letteredNote = String.raw`\[[A-Za-z]\]`;
const pageOfNote = String.raw`(?:: ?\d+(?:[–-]\d+)?)`;
/** Before the next sentence; in ": 40 of 50" the number is said. */
const lastPageOfNote = String.raw`(?:${pageOfNote}(?=\s*(?:$|[\p{Lu}[(])))`;
/**
 * As an encyclopedia sets them: behind the mark that ends what a word or a number ends. Elsewhere they may be a part of what is
 * said, as in code ("list[0]", ".[3]: 40"), in lists ("Options: [a] red, [b] blue") and in changed words ("[t]he lease").
 */
const notesBehindMarks = new RegExp(
  String.raw`(?<=(?:[\p{L}\p{N}%)]|[\p{L}\p{N}.!?]["”’»])[.;!?]["”’»]?|[\p{L}\p{N}][”’»])(?:(?: ?${numberedNote}|${letteredNote})${lastPageOfNote}?)+(?![\p{L}\p{N}:.=(])`,
  'gu',
);
const linkedNotes = new RegExp(
  String.raw` ?(?:${numberedNote}|${letteredNote}) ?\(https?://[^\s()]{1,200}\)${pageOfNote}?(?![\p{L}\p{N}])`,
  'gu',
);

/** A text without the addresses behind its links, which nobody reads aloud, and without the numbers of its notes. */
export function withoutAddresses(text: string): string {
  return text.replaceAll(linkedNotes, '').replaceAll(bracketedAddress, '').replaceAll(notesBehindMarks, '');
}

/** A document's words as an answer says them, in Markdown. The citation keeps them as they stand. */
export function sayQuote(text: string): string {
  return toMarkdownText(withoutAddresses(text));
}
