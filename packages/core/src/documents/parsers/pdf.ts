import { type CanonicalText, createCanonicalText } from '../canonical-text.ts';
import { openingHeading } from '../opening-heading.ts';
import type { ParsedFile } from '../parsed-document.ts';
import { addRecognisedPage } from '../recognition/add-recognised-page.ts';
import { reasonForNoText } from '../recognition/picture-reader.ts';
import { unreadable } from '../unreadable.ts';
import { addTable } from './add-rows.ts';
import { openPdf } from './open-pdf.ts';
import { namedPages } from './page-ranges.ts';
import type { ParserInput } from './parser-input.ts';
import { addPdfAttachments } from './pdf-attachments.ts';
import { joinBlocks, type PdfBlock } from './pdf-blocks.ts';
import { carryTableHeaders } from './pdf-continued-tables.ts';
import { addLinkAddresses } from './pdf-links.ts';
import { readPdfMetadata } from './pdf-metadata.ts';
import { readPdfOutline } from './pdf-outline.ts';
import { type PdfPages, readPdfPages } from './pdf-pages.ts';
import { recognisePages } from './pdf-recognition.ts';
import { dropRunningLines } from './pdf-running-lines.ts';

/**
 * Reads the text of a PDF page by page, with what was filled in and noted on it; pages that are pictures by recognition.
 * A damaged page is told of, and the others are read.
 */
export async function parsePdf(input: ParserInput): Promise<ParsedFile> {
  const { fileName, limits } = input;
  const pdf = await openPdf(input);
  try {
    if (pdf.numPages > limits.pagesMax) throw unreadable(fileName, 'too-many-pages');
    const pages = await readPdfPages(pdf, input);
    const { metadata, hasDynamicForm, ...named } = await readPdfMetadata(pdf);
    // The one page of such a file asks to wait, and has none of the form's fields.
    if (hasDynamicForm && pdf.numPages === 1 && !pages.hasFields) throw unreadable(fileName, 'dynamic-form');
    const recognised = await recognisePages(pdf, pages.pictures, input);
    const canonical = createCanonicalText({ fileName, charactersMax: limits.charactersMax });
    const replaced = new Set(pages.pictures.filter(({ layer }) => layer === 'garbled').map(({ page }) => page));
    const lines = pages.lines.filter(({ page }) => !(replaced.has(page) && recognised.pages.has(page)));
    const text = carryTableHeaders(dropRunningLines(lines, pages.heights));
    const blocks = Map.groupBy(joinBlocks(text, await readPdfOutline(pdf)), ({ page }) => page);
    for (let page = 1; page <= pdf.numPages; page += 1) {
      const links = addLinkAddresses(blocks.get(page) ?? [], pages.links.get(page) ?? []);
      for (const block of blocks.get(page) ?? []) addBlock(canonical, block);
      const picture = recognised.pages.get(page);
      if (picture !== undefined) addRecognisedPage(canonical, picture, page, picture.pixelsPerPoint);
      for (const text of [...links, ...(pages.annotations.get(page) ?? [])])
        canonical.add({ kind: 'paragraph', text, page });
    }
    const attached = await addPdfAttachments(canonical, pdf, input);
    const finished = canonical.finish();
    if (finished.canonicalText === '') throw unreadable(fileName, reasonForNoText(input.pictures, recognised.skipped));
    const warnings = [...damageWarnings(pages), ...recognised.warnings, ...attached];
    const title = named.title ?? titleOf(finished, blocks.get(1) ?? []);
    return { ...finished, title, metadata, mediaType: 'application/pdf', pageCount: pdf.numPages, warnings };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

/** What is printed above a text stands within so many points from the top of its page. */
const HEAD_POINTS = 80;

/** The heading that the text opens with, under what is printed above it. */
function titleOf({ canonicalText, blocks }: Pick<ParsedFile, 'canonicalText' | 'blocks'>, first: readonly PdfBlock[]) {
  const isHead = ({ kind, boxes }: PdfBlock) =>
    kind === 'paragraph' && boxes.every(({ y, height }) => y + height < HEAD_POINTS);
  const opening = first.findIndex((block) => block.isRunning !== true && !isHead(block));
  return openingHeading({ canonicalText, blocks: blocks.slice(Math.max(0, opening)) });
}

function addBlock(canonical: CanonicalText, { kind, text, level, page, boxes, table }: PdfBlock): void {
  if (table === undefined) canonical.add({ kind, text, level, page, boxes });
  else addTable(canonical, table.rows, { page, rowBoxes: table.rowBoxes });
}

function damageWarnings({ damaged, withoutAnnotations }: PdfPages): string[] {
  const warnings: string[] = [];
  if (damaged.length > 0) warnings.push(`${namedPages(damaged)} damaged and not read.`);
  if (withoutAnnotations.length > 0) {
    warnings.push(`${namedPages(withoutAnnotations)} read without form fields and notes: they are damaged.`);
  }
  return warnings;
}
