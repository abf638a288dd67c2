import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { addRecognisedPage } from '../recognition/add-recognised-page.ts';
import type { RecognisedPage } from '../recognition/recognised-page.ts';
import { unreadable } from '../unreadable.ts';
import { openPdf, type PdfDocument } from './open-pdf.ts';
import { pageRanges } from './page-ranges.ts';
import type { ParserInput } from './parser-input.ts';
import { addPdfAttachments } from './pdf-attachments.ts';
import { joinBlocks } from './pdf-blocks.ts';
import { readPdfMetadata } from './pdf-metadata.ts';
import { readPdfOutline } from './pdf-outline.ts';
import { readPdfPages } from './pdf-pages.ts';

/** Reads the text of a PDF page by page, with the values of its form fields; pages without text by recognition. */
export async function parsePdf(input: ParserInput): Promise<ParsedDocument> {
  const pdf = await openPdf(input);
  try {
    if (pdf.numPages > input.limits.pagesMax) throw unreadable(input.fileName, 'too-many-pages');
    const { lines, fields, textless } = await readPdfPages(pdf, input);
    const recognised = await recognisePages(pdf, textless, input);
    const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
    const blocks = Map.groupBy(joinBlocks(lines, await readPdfOutline(pdf)), ({ page }) => page);
    for (let page = 1; page <= pdf.numPages; page += 1) {
      for (const block of blocks.get(page) ?? []) canonical.add(block);
      const picture = recognised.pages.get(page);
      if (picture !== undefined) addRecognisedPage(canonical, picture, page, picture.pixelsPerPoint);
    }
    for (const field of fields) canonical.add({ kind: 'paragraph', ...field });
    const attached = await addPdfAttachments(canonical, pdf, input);
    const text = canonical.finish();
    if (text.canonicalText === '') throw unreadable(input.fileName, 'no-text');
    return {
      ...text,
      ...(await readPdfMetadata(pdf)),
      mediaType: 'application/pdf',
      pageCount: pdf.numPages,
      warnings: [...recognised.warnings, ...attached],
    };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

interface RecognisedPages {
  pages: Map<number, RecognisedPage & { pixelsPerPoint: number }>;
  warnings: string[];
}

async function recognisePages(pdf: PdfDocument, textless: readonly number[], input: ParserInput) {
  const recognised: RecognisedPages = { pages: new Map(), warnings: [] };
  const { pictures } = input;
  pictures.expect(textless.length);
  const skippedBefore = pictures.coverage.unrecognised;
  const blank: number[] = [];
  for (const number of textless) {
    let pixelsPerPoint = 1;
    const found = await pictures.read(async () => {
      // Loaded here, because the native library behind it is allowed in the sandbox for recognition alone.
      const { drawPdfPage } = await import('./draw-pdf-page.ts');
      const page = await pdf.getPage(number);
      const drawn = await drawPdfPage(page);
      page.cleanup();
      ({ pixelsPerPoint } = drawn);
      return drawn.picture;
    });
    if (found === undefined) blank.push(number);
    else recognised.pages.set(number, { ...found, pixelsPerPoint });
  }
  const read = [...recognised.pages.keys()];
  if (read.length > 0) recognised.warnings.push(`${named(read)} read by text recognition (OCR), which may misread.`);
  const isGivenUp = pictures.coverage.unrecognised > skippedBefore;
  const outcome = isGivenUp ? 'pictures of text that were not recognised' : 'without legible text';
  if (blank.length > 0) recognised.warnings.push(`${named(blank)} blank, or ${outcome}.`);
  return recognised;
}

/** `Page 3 was`, `Pages 3–5 were`. */
function named(pages: readonly number[]): string {
  return pages.length === 1 ? `Page ${pages[0]} was` : `Pages ${pageRanges(pages)} were`;
}
