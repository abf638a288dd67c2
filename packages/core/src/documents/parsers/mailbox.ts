import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedFile } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { type AddedPart, addPart, lastTooLong } from './add-part.ts';
import { mailSeparator } from './mail-separator.ts';
import type { ParserInput } from './parser-input.ts';
import { takeFromBudget } from './read-budget.ts';

const FROM = Buffer.from('From ');
const NEW_LINE = 0x0a;
const LINE_BYTES_MAX = 400;
/** Formats are told apart by as many. */
const BLANK_BYTES_MAX = 4096;

/** Reads a mailbox (mbox): its messages one after another, each as a section with its attachments. */
export async function parseMailbox(input: ParserInput): Promise<ParsedFile> {
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const messages = splitMailbox(fromFirstLine(input.bytes));
  const parts: AddedPart[] = [];
  for (const [index, message] of messages.entries()) {
    takeFromBudget(input.budget, { entriesLeft: 1 }, input.fileName);
    const part = { bytes: message, fileName: `Message ${index + 1}.eml`, mediaType: 'message/rfc822' };
    parts.push(await addPart(canonical, part.fileName, () => input.readPart(part)));
    input.onProgress?.({ pagesRead: index + 1, pageCount: messages.length });
  }
  const { canonicalText, blocks } = canonical.finish();
  if (canonicalText === '') {
    const tooLong = lastTooLong(parts);
    throw unreadable(input.fileName, tooLong === undefined ? 'empty' : 'too-large', tooLong);
  }
  const warnings = parts.flatMap((part) => part.warnings);
  return { canonicalText, blocks, title: null, mediaType: 'application/mbox', pageCount: null, warnings };
}

/** Without the byte order mark and the blank lines that a file may begin with. */
function fromFirstLine({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const [blank = ''] = /^(?:ï»¿)?\s*/.exec(bytes.toString('latin1', 0, BLANK_BYTES_MAX)) ?? [];
  return bytes.subarray(blank.length);
}

/** A message begins after a line of its own: `From `, who and when, at the start of the file or after an empty line. */
function splitMailbox(bytes: Buffer): Uint8Array[] {
  const starts: number[] = [];
  for (let at = bytes.indexOf(FROM); at >= 0; at = bytes.indexOf(FROM, at + 1)) {
    if (isSeparator(bytes, at)) starts.push(at);
  }
  return starts.map((start, index) => {
    const end = bytes.indexOf(NEW_LINE, start) + 1;
    return bytes.subarray(end === 0 ? bytes.length : end, starts[index + 1] ?? bytes.length);
  });
}

function isSeparator(bytes: Buffer, at: number): boolean {
  const before = bytes.toString('latin1', Math.max(0, at - 3), at);
  if (at > 0 && !/\n\r?\n$/.test(before)) return false;
  return mailSeparator.test(bytes.toString('latin1', at, at + LINE_BYTES_MAX));
}
