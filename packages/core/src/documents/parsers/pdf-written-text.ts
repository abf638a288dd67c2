import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PdfPage } from './open-pdf.ts';
import { isGlyph, listPdfOperators } from './pdf-operators.ts';

export interface WrittenStretch {
  /** The signs of a run of text, with the spaces that the page writes between them and no others. */
  text: string;
  /** What its signs take without the gaps between them, in font sizes. */
  width: number;
  /** Else nothing but gaps tells its words apart. */
  pageWritesSpaces: boolean;
}

/** Of the signs of a page: those that show words by gaps alone have none, or a few by accident. */
const SPACES_SHARE_MIN = 0.05;
/** Signs that may stand between two runs of text, for lying beyond the page; what is further ahead is not looked for. */
const AHEAD_MAX = 500;

/**
 * Follows what a page writes from run to run of its text.
 *
 * @returns what gives the stretch of a run, when it is asked for each run in the order of the page; nothing for a run that
 * is not written there, such as one that is spelled otherwise.
 */
export async function followWrittenText(page: PdfPage): Promise<(run: string) => WrittenStretch | undefined> {
  const { signs, places, pageWritesSpaces } = await readWrittenText(page);
  let cursor = 0;
  return (run) => {
    // By signs as they were, since those that are looked for may be spelled in several.
    const wanted = Array.from(run.replace(/\s+/g, ''), (sign) => ({ sign, plain: sign.normalize('NFKC') }));
    const plain = wanted.map((one) => one.plain).join('');
    const ahead = signs.slice(cursor, cursor + plain.length + AHEAD_MAX).indexOf(plain);
    if (plain === '' || ahead < 0) return undefined;
    let at = cursor + ahead;
    const stretch = { text: '', width: 0, pageWritesSpaces };
    for (const one of wanted) {
      stretch.text += stretch.text !== '' && places[at]?.isAfterSpace === true ? ` ${one.sign}` : one.sign;
      for (let unit = 0; unit < one.plain.length; unit += 1) stretch.width += places[at + unit]?.width ?? 0;
      at += one.plain.length;
    }
    cursor = at;
    return stretch;
  };
}

interface WrittenText {
  /** All but spaces, compatibly composed one by one. */
  signs: string;
  places: { isAfterSpace: boolean; width: number }[];
  pageWritesSpaces: boolean;
}

async function readWrittenText(page: PdfPage): Promise<WrittenText> {
  const written: WrittenText = { signs: '', places: [], pageWritesSpaces: false };
  let spaces = 0;
  let isAfterSpace = false;
  for (const { operator, args } of await listPdfOperators(page)) {
    if (operator !== OPS.showText || !Array.isArray(args[0])) continue;
    for (const { unicode, width } of args[0].filter(isGlyph)) {
      const plain = Array.from(unicode, (sign) => sign.normalize('NFKC').replace(/\s+/g, '')).join('');
      if (plain === '') spaces += 1;
      for (let unit = 0; unit < plain.length; unit += 1) {
        written.places.push({ isAfterSpace: isAfterSpace && unit === 0, width: width / 1_000 / plain.length });
      }
      written.signs += plain;
      isAfterSpace = plain === '';
    }
  }
  return { ...written, pageWritesSpaces: spaces >= SPACES_SHARE_MIN * (spaces + written.signs.length) };
}
