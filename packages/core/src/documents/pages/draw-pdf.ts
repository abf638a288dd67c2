import { createCanvas } from '@napi-rs/canvas';
import { limits } from '../../limits.ts';
import { openPdf, type PdfPage } from '../parsers/open-pdf.ts';
import { unreadable } from '../unreadable.ts';
import type { PageDrawing } from './draw-page.ts';
import { WEBP_QUALITY } from './draw-picture.ts';
import type { DrawnPage, PageWord } from './drawn-page.ts';
import { pageScale, pixelsOf } from './fit-page.ts';
import { createGlyphWidths } from './glyph-widths.ts';
import { placeWords } from './place-words.ts';

/** A page as it is displayed: turned and cropped as the file says, with what was filled in and noted on it. No script runs. */
export async function drawPdf({ page: number, ...file }: Omit<PageDrawing, 'source'>): Promise<DrawnPage> {
  const pdf = await openPdf(file);
  try {
    if (number > pdf.numPages) throw unreadable(file.fileName, 'corrupt', new Error(`There is no page ${number}`));
    return await draw(await pdf.getPage(number));
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function draw(page: PdfPage): Promise<DrawnPage> {
  const display = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: pageScale(display.width, display.height) });
  const canvas = createCanvas(pixelsOf(viewport.width, 1), pixelsOf(viewport.height, 1));
  const context = canvas.getContext('2d');
  const widths = createGlyphWidths();
  // The library's canvas has the browser's interface, and not its types.
  const target = { canvas: canvas as never, canvasContext: context as never };
  await page.render({
    ...target,
    viewport,
    background: '#ffffff',
    operationsFilter(index, operators) {
      widths.note(operators, index);
      return true;
    },
  }).promise;
  const { items } = await page.getTextContent().catch(() => ({ items: [] }));
  const words = items.flatMap((item) => ('str' in item ? placeWords(item, display.transform, widths) : []));
  const picture = await canvas.encode('webp', WEBP_QUALITY);
  return { picture, width: display.width, height: display.height, words: bounded(words) };
}

/** What a page tells of its words at most: what is left out is not marked, and the page is shown all the same. */
function bounded(words: readonly PageWord[]): PageWord[] {
  let rest: number = limits.pageCharactersMax;
  const told: PageWord[] = [];
  for (const word of words.slice(0, limits.pageWordsMax)) {
    const text = word.text.slice(0, limits.pageWordCharactersMax);
    rest -= text.length;
    if (rest < 0) break;
    told.push({ ...word, text });
  }
  return told;
}
