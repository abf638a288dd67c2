import { createCanonicalText } from '../canonical-text.ts';
import { charsetOf } from '../media-type.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { unreadable, unsupported } from '../unreadable.ts';
import { decodeText } from './decode-text.ts';
import type { ParserInput } from './parser-input.ts';
import { addTextBlocks } from './text-blocks.ts';

/** Reads text of any encoding. */
export function parsePlainText(input: ParserInput): ParsedDocument {
  const text = decodeOrRefuse(input);
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  addTextBlocks(canonical, text);
  return { ...canonical.finish(), title: null, mediaType: 'text/plain', pageCount: null, warnings: [] };
}

/**
 * @param declaredCharset what the text says of itself; the server that it came from knows better.
 * @throws AppError when the bytes are not text, or decode to nothing.
 */
export function decodeOrRefuse({ bytes, fileName, mediaType }: ParserInput, declaredCharset?: string): string {
  const text = decodeText(bytes, charsetOf(mediaType) ?? declaredCharset);
  if (text === undefined) throw unsupported(fileName, 'unknown-type');
  if (text.trim() === '') throw unreadable(fileName, 'empty');
  return text;
}
