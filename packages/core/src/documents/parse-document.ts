import { AppError } from '../app-error.ts';
import type { ParsedDocument } from './parsed-document.ts';
import type { FileInput, ParserInput } from './parsers/parser-input.ts';
import { createReadBudget, NESTING_MAX, type ReadBudget } from './parsers/read-budget.ts';
import { type DocumentFormat, sniffFormat } from './sniff-format.ts';
import { unreadable } from './unreadable.ts';

/** Loaded on demand: a sandbox reads one file, and the libraries of all formats take half a second to load. */
const parsers: Record<DocumentFormat, (input: ParserInput) => Promise<ParsedDocument>> = {
  csv: async (input) => (await import('./parsers/csv.ts')).parseCsv(input),
  docx: async (input) => (await import('./parsers/docx.ts')).parseDocx(input),
  email: async (input) => (await import('./parsers/email.ts')).parseEmail(input),
  epub: async (input) => (await import('./parsers/epub.ts')).parseEpub(input),
  html: async (input) => (await import('./parsers/html.ts')).parseHtml(input),
  json: async (input) => (await import('./parsers/json.ts')).parseJson(input),
  'json-lines': async (input) => (await import('./parsers/json.ts')).parseJsonLines(input),
  markdown: async (input) => (await import('./parsers/markdown.ts')).parseMarkdown(input),
  notebook: async (input) => (await import('./parsers/notebook.ts')).parseNotebook(input),
  'open-document': async (input) => (await import('./parsers/open-document.ts')).parseOpenDocument(input),
  pdf: async (input) => (await import('./parsers/pdf.ts')).parsePdf(input),
  'plain-text': async (input) => (await import('./parsers/plain-text.ts')).parsePlainText(input),
  pptx: async (input) => (await import('./parsers/pptx.ts')).parsePptx(input),
  rtf: async (input) => (await import('./parsers/rtf.ts')).parseRtf(input),
  xlsx: async (input) => (await import('./parsers/xlsx.ts')).parseXlsx(input),
  zip: async (input) => (await import('./parsers/zip.ts')).parseZip(input),
  'source-code': async (input) => (await import('./parsers/source-code.ts')).parseSourceCode(input),
};

/**
 * Reads one untrusted file into canonical text and blocks. Run it in a sandbox: it is bounded in output, not in time.
 * @throws AppError `unsupported-type` or `unreadable-document`, always with a `reason`, and nothing else.
 */
export function parseDocument(input: ReadingInput): Promise<ParsedDocument> {
  return parseNested(input, createReadBudget(), 0);
}

type ReadingInput = FileInput & Pick<ParserInput, 'limits' | 'onProgress'>;

async function parseNested(input: ReadingInput, budget: ReadBudget, depth: number): Promise<ParsedDocument> {
  if (depth > NESTING_MAX) throw unreadable(input.fileName, 'nested-too-deeply');
  if (input.bytes.byteLength === 0) throw unreadable(input.fileName, 'empty');
  const readPart = (part: FileInput) => parseNested({ ...part, limits: input.limits }, budget, depth + 1);
  try {
    const parsed = await parsers[await sniffFormat(input.bytes, input)]({ ...input, budget, readPart });
    if (parsed.canonicalText === '') throw unreadable(input.fileName, 'empty');
    return parsed;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unreadable(input.fileName, 'corrupt', error);
  }
}
