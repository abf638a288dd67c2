import { AppError } from '../app-error.ts';
import type { ParsedDocument } from './parsed-document.ts';
import { parseDocx } from './parsers/docx.ts';
import { parseHtml } from './parsers/html.ts';
import { parseMarkdown } from './parsers/markdown.ts';
import type { ParserInput } from './parsers/parser-input.ts';
import { parsePdf } from './parsers/pdf.ts';
import { parsePlainText, parseSourceCode } from './parsers/plain-text.ts';
import { type DocumentFormat, sniffFormat } from './sniff-format.ts';
import { unreadable } from './unreadable.ts';

const parsers: Record<DocumentFormat, (input: ParserInput) => ParsedDocument | Promise<ParsedDocument>> = {
  docx: parseDocx,
  html: parseHtml,
  markdown: parseMarkdown,
  pdf: parsePdf,
  'plain-text': parsePlainText,
  'source-code': parseSourceCode,
};

/** What the upload door tells people they may bring. */
export const readableFormatNames = ['PDF', 'DOCX', 'Markdown', 'HTML', 'TXT'];

/**
 * Reads one untrusted file into canonical text and blocks. Run it in a sandbox: it is bounded in output, not in time.
 * @throws AppError `unsupported-type` or `unreadable-document`, always with a `reason`, and nothing else.
 */
export async function parseDocument(input: ParserInput): Promise<ParsedDocument> {
  if (input.bytes.byteLength === 0) throw unreadable(input.fileName, 'empty');
  try {
    const parsed = await parsers[await sniffFormat(input.bytes, input)](input);
    if (parsed.canonicalText === '') throw unreadable(input.fileName, 'empty');
    return parsed;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unreadable(input.fileName, 'corrupt', error);
  }
}
