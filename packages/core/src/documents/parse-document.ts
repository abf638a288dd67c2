import { AppError } from '../app-error.ts';
import type { ParsedDocument } from './parsed-document.ts';
import type { ParserInput } from './parsers/parser-input.ts';
import { type DocumentFormat, sniffFormat } from './sniff-format.ts';
import { unreadable } from './unreadable.ts';

/** Loaded on demand: a sandbox reads one file, and the libraries of all formats take half a second to load. */
const parsers: Record<DocumentFormat, (input: ParserInput) => Promise<ParsedDocument>> = {
  docx: async (input) => (await import('./parsers/docx.ts')).parseDocx(input),
  html: async (input) => (await import('./parsers/html.ts')).parseHtml(input),
  markdown: async (input) => (await import('./parsers/markdown.ts')).parseMarkdown(input),
  pdf: async (input) => (await import('./parsers/pdf.ts')).parsePdf(input),
  'plain-text': async (input) => (await import('./parsers/plain-text.ts')).parsePlainText(input),
  'source-code': async (input) => (await import('./parsers/plain-text.ts')).parseSourceCode(input),
};

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
