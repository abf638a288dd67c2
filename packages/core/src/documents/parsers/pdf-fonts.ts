import type { PdfPage } from './open-pdf.ts';
import type { PdfTextItem } from './pdf-text-runs.ts';

/** Files that bring new fonts on every page are not looked at to their end: fonts come with the list of what a page draws. */
const PAGES_MAX = 60;

const boldName = /bold|black|heavy|demi|medi(?:\b|ital)|cmb|sfbx|^.{7}ecbx/i;

/** Which fonts of a file are bold, by the names that text items give them; one for a file, and filled page by page. */
export interface PdfFonts {
  isBold: Map<string, boolean>;
  pagesRead: number;
}

export function createPdfFonts(): PdfFonts {
  return { isBold: new Map(), pagesRead: 0 };
}

/** Looks up the fonts of a page that are not known yet, where it uses more than one: of a single font nothing stands out. */
export async function readFonts(fonts: PdfFonts, page: PdfPage, items: readonly PdfTextItem[]): Promise<void> {
  const names = new Set(items.filter(({ str }) => str.trim() !== '').map(({ fontName }) => fontName));
  const unknown = [...names].filter((name) => !fonts.isBold.has(name));
  if (names.size < 2 || unknown.length === 0 || fonts.pagesRead >= PAGES_MAX) return;
  fonts.pagesRead += 1;
  await page.getOperatorList();
  for (const name of unknown)
    fonts.isBold.set(name, page.commonObjs.has(name) && isBoldFont(page.commonObjs.get(name)));
}

function isBoldFont(font: unknown): boolean {
  if (typeof font !== 'object' || font === null) return false;
  const name: unknown = Reflect.get(font, 'name');
  return Reflect.get(font, 'bold') === true || Reflect.get(font, 'black') === true || boldName.test(String(name));
}
