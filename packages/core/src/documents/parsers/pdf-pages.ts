import { isGarbled, type Legibility, measureLegibility } from '../recognition/legibility.ts';
import { unreadable } from '../unreadable.ts';
import type { PdfDocument, PdfPage } from './open-pdf.ts';
import type { ParserInput } from './parser-input.ts';
import { type PageAnnotations, type PageLink, readPageAnnotations } from './pdf-annotations.ts';
import { createPdfFonts, type PdfFonts, readFonts } from './pdf-fonts.ts';
import { joinSpacedLetters } from './pdf-letter-spacing.ts';
import { commonestAngle, joinLines, mayHoldTables, type PdfLine } from './pdf-lines.ts';
import { readPagePictures } from './pdf-page-pictures.ts';
import { readRules } from './pdf-rules.ts';
import { joinSegments } from './pdf-segments.ts';
import { listTaggedItems, type PdfTags, readPdfTags } from './pdf-tags.ts';

export interface PdfPages {
  lines: PdfLine[];
  /** Heights of the pages, in points, by number. */
  heights: Map<number, number>;
  /** What was written about pictures, typed into form fields or noted, by page. */
  annotations: Map<number, string[]>;
  /** What leads out of the file, by page. */
  links: Map<number, readonly PageLink[]>;
  /** Pages to recognise: those without text, those whose little text lies on a picture of a page, those whose text is garbled. */
  pictures: PicturePage[];
  /** Numbers of the pages that could not be read. */
  damaged: number[];
  /** Numbers of the pages that were read without what was filled in or noted on them. */
  withoutAnnotations: number[];
  hasFields: boolean;
}

export interface PicturePage {
  page: number;
  /**
   * The text it has. `stamp`: a watermark or a line of a fax machine, read as it is beside what is recognised. `garbled`: left
   * by a recognition that failed, or set in fonts that do not say what their shapes mean; read where nothing better is found.
   */
  layer: 'none' | 'stamp' | 'garbled';
  legibility: Legibility;
  /** Its pictures show the page whole. */
  isScan: boolean;
}

/** Reads the text layer of each page, and what was filled in or noted on it. @throws AppError `corrupt` when none can be read. */
export async function readPdfPages(pdf: PdfDocument, { fileName, onProgress }: ParserInput): Promise<PdfPages> {
  const pages: PdfPages = {
    lines: [],
    heights: new Map(),
    annotations: new Map(),
    links: new Map(),
    pictures: [],
    damaged: [],
    withoutAnnotations: [],
    hasFields: false,
  };
  const file = { fonts: createPdfFonts(), isTagged: await isTaggedFile(pdf), toldPictures: new Set<string>() };
  let lastError: unknown;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    try {
      await addPage(pages, await pdf.getPage(number), file);
    } catch (error) {
      pages.damaged.push(number);
      lastError = error;
    }
    onProgress?.({ pagesRead: number, pageCount: pdf.numPages });
  }
  if (pages.damaged.length === pdf.numPages) throw unreadable(fileName, 'corrupt', lastError);
  return pages;
}

async function isTaggedFile(pdf: PdfDocument): Promise<boolean> {
  // Typed as an object, given as a map.
  const info: unknown = await pdf.getMarkInfo().catch(() => null);
  return info instanceof Map && info.get('Marked') === true;
}

async function addPage(pages: PdfPages, page: PdfPage, file: FileSettings): Promise<void> {
  const number = page.pageNumber;
  const { texts, hasFields, links } = await readPageAnnotations(page).catch((): PageAnnotations => {
    pages.withoutAnnotations.push(number);
    return { texts: [], hasFields: false, links: [] };
  });
  const tags = file.isTagged ? await readPdfTags(page) : undefined;
  const lines = await readLines(page, { fonts: file.fonts, isForm: hasFields, tags });
  const picture = await toPicturePage(page, lines);
  if (picture !== undefined) pages.pictures.push({ page: number, ...picture });
  pages.lines.push(...lines);
  pages.heights.set(number, page.getViewport({ scale: 1 }).height);
  const pictures = (tags?.pictures ?? []).filter((text) => !file.toldPictures.has(text));
  for (const text of pictures) file.toldPictures.add(text);
  const asides = [...new Set(pictures), ...texts];
  if (asides.length > 0) pages.annotations.set(number, asides);
  if (links.length > 0) pages.links.set(number, links);
  pages.hasFields ||= hasFields;
  page.cleanup();
}

interface FileSettings {
  isTagged: boolean;
  /** A logo on every page is told of once. */
  toldPictures: Set<string>;
  fonts: PdfFonts;
}

interface PageSettings {
  isForm: boolean;
  fonts: PdfFonts;
  tags: PdfTags | undefined;
}

/** The boxes of a form are no table. */
async function readLines(page: PdfPage, { isForm, fonts, tags }: PageSettings): Promise<PdfLine[]> {
  const { pageNumber: number } = page;
  const isMarked = tags !== undefined && tags.byMark.size + tags.actualTexts.size > 0;
  const content = await page.getTextContent({ includeMarkedContent: isMarked });
  const found = isMarked ? listTaggedItems(content.items, tags) : content.items.filter((item) => 'str' in item);
  const items = await joinSpacedLetters(page, found);
  // What cannot be drawn may be read all the same.
  await readFonts(fonts, page, items).catch(() => undefined);
  const { transform } = page.getViewport({ scale: 1 });
  const segments = joinSegments(items, { display: transform, isBold: fonts.isBold });
  const angle = commonestAngle(segments);
  if (isForm || !mayHoldTables(segments)) return joinLines(segments, number, angle, undefined);
  // Tables that show by their text alone are found where what is drawn cannot be read.
  const rules = await readRules(page, angle).catch(() => []);
  return joinLines(segments, number, angle, rules);
}

/** What scanners, shops and archives put onto a scanned page is shorter than this. */
const STAMP_CHARACTERS_MAX = 200;
/** A scan fills its page but for a margin. */
const SCAN_SHARE_MIN = 0.7;

/** The page as one to recognise; undefined where its text will do. */
async function toPicturePage(page: PdfPage, lines: readonly PdfLine[]): Promise<Omit<PicturePage, 'page'> | undefined> {
  const text = lines.map((line) => line.text).join('\n');
  const legibility = measureLegibility(text);
  if (text === '') return { layer: 'none', legibility, isScan: true };
  const isInDoubt = isGarbled(legibility);
  if (text.length > STAMP_CHARACTERS_MAX && !isInDoubt) return undefined;
  const pictures = await readPagePictures(page).catch(() => undefined);
  const isScan = pictures !== undefined && pictures.share >= SCAN_SHARE_MIN;
  if (isInDoubt && (isScan || isMostlyUnreadable(legibility))) return { layer: 'garbled', legibility, isScan };
  return isScan && !isInDoubt && !pictures.hasHiddenText ? { layer: 'stamp', legibility, isScan } : undefined;
}

/** Text that a program set is only doubted where it can be read by nobody: formulas and code are odd as well. */
function isMostlyUnreadable({ words, unreadable }: Legibility): boolean {
  return unreadable > words;
}
