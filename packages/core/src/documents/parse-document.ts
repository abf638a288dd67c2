import { AppError } from '../app-error.ts';
import type { ReadLimits, ReadProgress } from '../ports.ts';
import { groupWarnings } from './group-warnings.ts';
import { openingHeading } from './opening-heading.ts';
import type { ParsedDocument, ParsedFile, TextPart } from './parsed-document.ts';
import { holdsEmbeddedFiles } from './parsers/embedded-file.ts';
import type { FileInput, ParserInput } from './parsers/parser-input.ts';
import { createReadBudget, NESTING_MAX } from './parsers/read-budget.ts';
import { createPictureReader, reasonForNoText } from './recognition/picture-reader.ts';
import type { RecognitionSettings } from './recognition/recognition-settings.ts';
import { type DocumentFormat, sniffFormat } from './sniff-format.ts';
import { unreadable } from './unreadable.ts';
import { unreadableBecauseOf } from './unreadable-because-of.ts';

/** Loaded on demand: a sandbox reads one file, and the libraries of all formats take half a second to load. */
const parsers: Record<DocumentFormat, (input: ParserInput) => Promise<ParsedFile>> = {
  asciidoc: async (input) => (await import('./parsers/asciidoc.ts')).parseAsciidoc(input),
  'contacts-and-events': async (input) =>
    (await import('./parsers/contacts-and-events.ts')).parseContactsAndEvents(input),
  csv: async (input) => (await import('./parsers/csv.ts')).parseCsv(input),
  doc: async (input) => (await import('./parsers/doc.ts')).parseDoc(input),
  docx: async (input) => (await import('./parsers/docx.ts')).parseDocx(input),
  email: async (input) => (await import('./parsers/email.ts')).parseEmail(input),
  epub: async (input) => (await import('./parsers/epub.ts')).parseEpub(input),
  feed: async (input) => (await import('./parsers/feed.ts')).parseFeed(input),
  'fiction-book': async (input) => (await import('./parsers/fiction-book.ts')).parseFictionBook(input),
  'flat-open-document': async (input) => (await import('./parsers/flat-open-document.ts')).parseFlatOpenDocument(input),
  image: async (input) => (await import('./parsers/image.ts')).parseImage(input),
  'journal-article': async (input) => (await import('./parsers/journal-article.ts')).parseJournalArticle(input),
  html: async (input) => (await import('./parsers/html.ts')).parseHtml(input),
  json: async (input) => (await import('./parsers/json.ts')).parseJson(input),
  'json-lines': async (input) => (await import('./parsers/json.ts')).parseJsonLines(input),
  latex: async (input) => (await import('./parsers/latex.ts')).parseLatex(input),
  'locked-office': async (input) => (await import('./parsers/locked-office.ts')).parseLockedOffice(input),
  mailbox: async (input) => (await import('./parsers/mailbox.ts')).parseMailbox(input),
  markdown: async (input) => (await import('./parsers/markdown.ts')).parseMarkdown(input),
  notebook: async (input) => (await import('./parsers/notebook.ts')).parseNotebook(input),
  'open-document': async (input) => (await import('./parsers/open-document.ts')).parseOpenDocument(input),
  org: async (input) => (await import('./parsers/org.ts')).parseOrg(input),
  'outlook-message': async (input) => (await import('./parsers/outlook-message.ts')).parseOutlookMessage(input),
  pdf: async (input) => (await import('./parsers/pdf.ts')).parsePdf(input),
  'plain-text': async (input) => (await import('./parsers/plain-text.ts')).parsePlainText(input),
  ppt: async (input) => (await import('./parsers/ppt.ts')).parsePpt(input),
  pptx: async (input) => (await import('./parsers/pptx.ts')).parsePptx(input),
  rst: async (input) => (await import('./parsers/rst.ts')).parseRst(input),
  rtf: async (input) => (await import('./parsers/rtf.ts')).parseRtf(input),
  'signed-file': async (input) => (await import('./parsers/signed-file.ts')).parseSignedFile(input),
  xls: async (input) => (await import('./parsers/xls.ts')).parseXls(input),
  xlsx: async (input) => (await import('./parsers/xlsx.ts')).parseXlsx(input),
  zip: async (input) => (await import('./parsers/zip.ts')).parseZip(input),
  'source-code': async (input) => (await import('./parsers/source-code.ts')).parseSourceCode(input),
  subtitles: async (input) => (await import('./parsers/subtitles.ts')).parseSubtitles(input),
  tnef: async (input) => (await import('./parsers/tnef.ts')).parseTnef(input),
  svg: async (input) => (await import('./parsers/svg.ts')).parseSvg(input),
};

/** What one reading of an upload takes. */
export interface Reading extends FileInput {
  limits: Omit<ReadLimits, 'durationMsMax' | 'memoryMbMax'>;
  onProgress?: ((progress: ReadProgress) => void) | undefined;
  /** Takes the parts of a long table as they are read; left out, its text is held whole, and is as long as any other may be. */
  onPart?: ((part: TextPart) => Promise<void>) | undefined;
  /** Opens a file that is locked. */
  password?: string | undefined;
  /** Absent: pictures of text are counted and not read. */
  recognition?: RecognitionSettings | undefined;
}

/**
 * Reads one untrusted file into canonical text and blocks. Run it in a sandbox: it is bounded in output, not in time.
 * @throws AppError `unsupported-type` or `unreadable-document`, always with a `reason`, and nothing else.
 */
export async function parseDocument({ recognition, ...input }: Reading): Promise<ParsedDocument> {
  let pages = { pagesRead: 0, pageCount: 0 };
  const onProgress = (progress: ReadProgress) => {
    pages = progress;
    input.onProgress?.(progress);
  };
  const pictures = createPictureReader(recognition, input.limits, (step) => {
    input.onProgress?.({ ...pages, recognition: step });
  });
  try {
    const budget = createReadBudget(input.bytes.byteLength);
    const parsed = await parseNested({ ...input, onProgress, pictures, budget }, 0);
    const { coverage } = pictures;
    const hasPictures = coverage.recognised + coverage.unrecognised + coverage.textless > 0;
    const title = parsed.title ?? (parsed.textStart === undefined ? openingHeading(parsed) : null);
    return { ...parsed, title, ...(hasPictures && { pictures: coverage }), warnings: groupWarnings(parsed.warnings) };
  } finally {
    pictures.close();
  }
}

async function parseNested(input: Omit<ParserInput, 'readPart'>, depth: number): Promise<ParsedFile> {
  if (depth > NESTING_MAX) throw unreadable(input.fileName, 'nested-too-deeply');
  if (input.bytes.byteLength === 0) throw unreadable(input.fileName, 'empty');
  const readPart = (part: FileInput) => {
    return parseNested({ ...input, ...part, onProgress: undefined, onPart: undefined }, depth + 1).catch(forPart(part));
  };
  try {
    const { offered, coverage } = input.pictures;
    const { unrecognised } = coverage;
    const parsed = await parsers[await sniffFormat(input.bytes, input)]({ ...input, readPart });
    if (parsed.canonicalText === '' && parsed.textStart === undefined) {
      const hasPictures = input.pictures.offered > offered;
      const unread = coverage.unrecognised - unrecognised;
      const isUnread = hasPictures && unread > 0;
      if (!isUnread && holdsEmbeddedFiles(parsed)) throw unreadable(input.fileName, 'embedded-only');
      throw unreadable(input.fileName, hasPictures ? reasonForNoText(input.pictures, unread) : 'empty');
    }
    return parsed;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unreadableBecauseOf(input.fileName, error);
  }
}

/** Nobody can be asked for the password of a file inside of another: only a copy without it helps. */
function forPart({ fileName }: FileInput): (error: unknown) => never {
  return (error) => {
    const isLocked = error instanceof AppError && error.reason?.startsWith('password-') === true;
    throw isLocked ? unreadable(fileName, 'password-protected', error) : error;
  };
}
