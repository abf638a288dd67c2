import { AppError } from '../../app-error.ts';
import type { CanonicalText } from '../canonical-text.ts';
import { decodeText } from './decode-text.ts';
import { decompressRtf, sizeOfRtf } from './decompress-rtf.ts';
import { addHtmlBlocks } from './html-blocks.ts';
import { addMessageText } from './message-text.ts';
import type { OutlookProperties } from './outlook-properties.ts';
import type { ParserInput } from './parser-input.ts';
import { takeFromBudget } from './read-budget.ts';
import { parseRtf } from './rtf.ts';

const TEXT = 0x1000;
const HTML = 0x1013;
const COMPRESSED_RTF = 0x1009;

/**
 * Adds the text of a message, once: Outlook keeps it as plain text, as HTML, as RTF, or as several of them. Returns what
 * to warn of.
 */
export function addOutlookBody(canonical: CanonicalText, message: OutlookProperties, input: ParserInput): string[] {
  const text = message.text(TEXT);
  if (text !== undefined && text.trim() !== '') {
    addMessageText(canonical, text);
    return [];
  }
  const html = htmlOf(message);
  if (html !== undefined) {
    addHtmlBlocks(canonical, html);
    return [];
  }
  const compressed = message.bytes(COMPRESSED_RTF);
  return compressed === undefined ? [] : addRtf(canonical, compressed, input);
}

function htmlOf(message: OutlookProperties): string | undefined {
  const bytes = message.bytes(HTML);
  return bytes === undefined ? message.text(HTML) : decodeText(bytes, message.charsetOfHtml);
}

function addRtf(canonical: CanonicalText, compressed: Uint8Array, input: ParserInput): string[] {
  const bytes = decompress(compressed, input);
  if (bytes === undefined) return ['The text of the message is damaged and was not read.'];
  const { canonicalText, blocks, warnings } = parseRtf({ ...input, bytes });
  for (const { start, end, ...block } of blocks) canonical.add({ ...block, text: canonicalText.slice(start, end) });
  return warnings;
}

function decompress(compressed: Uint8Array, { budget, fileName }: ParserInput): Uint8Array | undefined {
  try {
    takeFromBudget(budget, { inflatedBytesLeft: sizeOfRtf(compressed) }, fileName);
    return decompressRtf(compressed);
  } catch (error) {
    if (error instanceof AppError) throw error;
    return undefined;
  }
}
