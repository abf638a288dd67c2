import { unreadable } from '../unreadable.ts';
import type { PdfDocument, PdfPage } from './open-pdf.ts';
import type { ParserInput } from './parser-input.ts';
import { type PageAnnotations, readPageAnnotations } from './pdf-annotations.ts';
import { joinLines, type PdfLine } from './pdf-lines.ts';
import { readPagePictures } from './pdf-page-pictures.ts';

export interface PdfPages {
  lines: PdfLine[];
  /** What was typed into form fields or noted, by page. */
  annotations: Map<number, string[]>;
  /** Pages to recognise: those without text, and those whose little text lies on a picture of a page. */
  pictures: PicturePage[];
  /** Numbers of the pages that could not be read. */
  damaged: number[];
  /** Numbers of the pages that were read without what was filled in or noted on them. */
  withoutAnnotations: number[];
  hasFields: boolean;
}

export interface PicturePage {
  page: number;
  /** A stamp, a watermark or a line of a fax machine: read as it is, and left out when the page is recognised. */
  hasText: boolean;
}

/** Reads the text layer of each page, and what was filled in or noted on it. @throws AppError `corrupt` when none can be read. */
export async function readPdfPages(pdf: PdfDocument, { fileName, onProgress }: ParserInput): Promise<PdfPages> {
  const pages: PdfPages = {
    lines: [],
    annotations: new Map(),
    pictures: [],
    damaged: [],
    withoutAnnotations: [],
    hasFields: false,
  };
  let lastError: unknown;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    try {
      await addPage(pages, pdf, number);
    } catch (error) {
      pages.damaged.push(number);
      lastError = error;
    }
    onProgress?.({ pagesRead: number, pageCount: pdf.numPages });
  }
  if (pages.damaged.length === pdf.numPages) throw unreadable(fileName, 'corrupt', lastError);
  return pages;
}

async function addPage(pages: PdfPages, pdf: PdfDocument, number: number): Promise<void> {
  const page = await pdf.getPage(number);
  const content = await page.getTextContent();
  const lines = joinLines(
    content.items.filter((item) => 'str' in item),
    number,
    page.getViewport({ scale: 1 }).transform,
  );
  const { texts, hasFields } = await readPageAnnotations(page).catch((): PageAnnotations => {
    pages.withoutAnnotations.push(number);
    return { texts: [], hasFields: false };
  });
  if (lines.length === 0 || (await isScan(page, lines))) {
    pages.pictures.push({ page: number, hasText: lines.length > 0 });
  }
  pages.lines.push(...lines);
  if (texts.length > 0) pages.annotations.set(number, texts);
  pages.hasFields ||= hasFields;
  page.cleanup();
}

/** What scanners, shops and archives put onto a scanned page is shorter than this. */
const STAMP_CHARACTERS_MAX = 200;
/** A scan fills its page but for a margin. */
const SCAN_SHARE_MIN = 0.7;

async function isScan(page: PdfPage, lines: readonly PdfLine[]): Promise<boolean> {
  const characters = lines.reduce((sum, { text }) => sum + text.length, 0);
  if (characters > STAMP_CHARACTERS_MAX) return false;
  const pictures = await readPagePictures(page).catch(() => undefined);
  return pictures !== undefined && pictures.share >= SCAN_SHARE_MIN && !pictures.hasHiddenText;
}
