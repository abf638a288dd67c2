import { bracketedAddress } from '../documents/bracketed-address.ts';
import { toMarkdownText } from './markdown-text.ts';

const note = String.raw`\[(?:\d{1,4}|[a-z]|(?:note|nb) \d+|citation needed)\]`;
const pageOfNote = String.raw`(?:: ?\d+(?:[–-]\d+)?)?`;
/** As an encyclopedia sets them: behind a mark of punctuation. Behind a word they may be a part of what is said, as in code. */
const notesBehindMarks = new RegExp(String.raw`(?<=[.,;:!?"”’»)])(?: ?${note}${pageOfNote})+`, 'giu');
const linkedNotes = new RegExp(String.raw` ?${note} ?\(https?://[^\s()]{1,200}\)${pageOfNote}`, 'giu');

/** A text without the addresses behind its links, which nobody reads aloud, and without the numbers of its notes. */
export function withoutAddresses(text: string): string {
  return text.replaceAll(linkedNotes, '').replaceAll(bracketedAddress, '').replaceAll(notesBehindMarks, '');
}

/** A document's words as an answer says them, in Markdown. The citation keeps them as they stand. */
export function sayQuote(text: string): string {
  return toMarkdownText(withoutAddresses(text));
}
