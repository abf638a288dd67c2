import { getDocumentProxy } from 'unpdf';
import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import type { ParserInput } from './parser-input.ts';
import { joinBlocks, outlineKey } from './pdf-blocks.ts';
import { joinLines, type PdfLine } from './pdf-lines.ts';

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

/** Reads the text layer of a PDF page by page, with the values of its form fields. */
export async function parsePdf(input: ParserInput): Promise<ParsedDocument> {
  const pdf = await openPdf(input);
  try {
    if (pdf.numPages > input.limits.pagesMax) throw unreadable(input.fileName, 'too-many-pages');
    const { lines, fields, emptyPages } = await readPages(pdf, input);
    const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
    for (const block of joinBlocks(lines, await readOutline(pdf))) canonical.add(block);
    for (const field of fields) canonical.add({ kind: 'paragraph', ...field });
    const { canonicalText, blocks } = canonical.finish();
    if (canonicalText === '') throw unreadable(input.fileName, 'no-text');
    return {
      canonicalText,
      blocks,
      title: await readTitle(pdf),
      mediaType: 'application/pdf',
      pageCount: pdf.numPages,
      warnings: [...emptyPageWarnings(emptyPages), ...(await attachmentWarnings(pdf))],
    };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function openPdf({ bytes, fileName }: ParserInput): Promise<PdfDocument> {
  try {
    return await getDocumentProxy(bytes, { verbosity: 0, enableXfa: false });
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    throw unreadable(fileName, isLocked ? 'password-protected' : 'corrupt', error);
  }
}

interface FormField {
  text: string;
  page: number;
}

async function readPages(pdf: PdfDocument, { fileName, onProgress }: ParserInput) {
  const lines: PdfLine[] = [];
  const fields: FormField[] = [];
  const emptyPages: number[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    try {
      const page = await pdf.getPage(number);
      const content = await page.getTextContent();
      const pageLines = joinLines(
        content.items.filter((item) => 'str' in item),
        number,
      );
      const pageFields = await readFormFields(page, number);
      if (pageLines.length === 0 && pageFields.length === 0) emptyPages.push(number);
      lines.push(...pageLines);
      fields.push(...pageFields);
      page.cleanup();
    } catch (error) {
      throw unreadable(fileName, 'corrupt', error);
    }
    onProgress?.({ pagesRead: number, pageCount: pdf.numPages });
  }
  return { lines, fields, emptyPages };
}

/** What was typed into a form is not part of a page's text, so it is added as `name: value`. */
async function readFormFields(page: PdfPage, number: number): Promise<FormField[]> {
  const annotations: { fieldName?: unknown; fieldValue?: unknown }[] = await page.getAnnotations();
  return annotations.flatMap(({ fieldName, fieldValue }) => {
    const value = [fieldValue].flat().filter((part) => typeof part === 'string' && part !== '' && part !== 'Off');
    return value.length === 0 ? [] : [{ text: `${String(fieldName)}: ${value.join(', ')}`, page: number }];
  });
}

interface OutlineNode {
  title: string;
  items: OutlineNode[];
}

async function readOutline(pdf: PdfDocument): Promise<Map<string, number>> {
  const levels = new Map<string, number>();
  const visit = (nodes: readonly OutlineNode[], level: number): void => {
    for (const node of nodes) {
      const key = outlineKey(node.title);
      if (key.length > 2 && !levels.has(key)) levels.set(key, Math.min(6, level));
      if (level < 6) visit(node.items, level + 1);
    }
  };
  const outline: OutlineNode[] | null = await pdf.getOutline().catch(() => null);
  visit(outline ?? [], 1);
  return levels;
}

/** Programs write file names and placeholders into the title; those say less than the name the uploader chose. */
const placeholderTitle =
  /^untitled|^microsoft (?:word|powerpoint|excel)\b|^document\d*$|\.(?:docx?|pdf|tex|dvi|indd|qxd|pptx?|xlsx?|odt|rtf)$/i;

async function readTitle(pdf: PdfDocument): Promise<string | null> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const title = 'Title' in info && typeof info.Title === 'string' ? info.Title.replace(/\s+/g, ' ').trim() : '';
  return title.length < 3 || placeholderTitle.test(title) ? null : title;
}

function emptyPageWarnings(pages: readonly number[]): string[] {
  if (pages.length === 0) return [];
  const ranges: string[] = [];
  let start = pages[0] ?? 0;
  pages.forEach((page, index) => {
    const next = pages[index + 1];
    if (next === page + 1) return;
    ranges.push(start === page ? String(page) : `${start}–${page}`);
    start = next ?? start;
  });
  const noun = pages.length === 1 ? 'Page' : 'Pages';
  const verb = pages.length === 1 ? 'holds' : 'hold';
  return [`${noun} ${ranges.join(', ')} ${verb} no text: blank, or pictures of text that were not recognised.`];
}

async function attachmentWarnings(pdf: PdfDocument): Promise<string[]> {
  const attachments = await pdf.getAttachments().catch(() => null);
  const names = [...(attachments?.keys() ?? [])];
  return names.length === 0 ? [] : [`Attached files were not read: ${names.join(', ')}. Upload them on their own.`];
}
