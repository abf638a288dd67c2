import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { isGlyph, type PdfGlyph } from '../parsers/pdf-operators.ts';

interface Operators {
  fnArray: readonly number[];
  argsArray: readonly unknown[];
}

export interface GlyphWidths {
  /** Learns from one operator of a page that is being drawn. */
  note(operators: Operators, index: number): void;
  /** How far a character of a font moves on, in font sizes. */
  widthOf(fontName: string, character: string): number;
}

/** Of a letter that was not drawn: about what most take. */
const USUAL_WIDTH = 0.5;

/** The widths of what a page draws: where a word stands within a line that the file gives in one piece. */
export function createGlyphWidths(): GlyphWidths {
  const fonts = new Map<string, Map<string, number>>();
  let current = new Map<string, number>();
  return {
    note({ fnArray, argsArray }, index) {
      const args = argsArray[index];
      if (!Array.isArray(args)) return;
      if (fnArray[index] === OPS.setFont) {
        const name = String(args[0]);
        current = fonts.get(name) ?? new Map<string, number>();
        fonts.set(name, current);
      } else if (fnArray[index] === OPS.showText && Array.isArray(args[0])) {
        for (const glyph of args[0].filter(isGlyph)) addGlyph(current, glyph);
      }
    },
    widthOf: (fontName, character) => fonts.get(fontName)?.get(character) ?? USUAL_WIDTH,
  };
}

/** A ligature stands for several characters. */
function addGlyph(widths: Map<string, number>, { unicode, width }: PdfGlyph): void {
  const characters = Array.from(unicode.normalize('NFKC'));
  for (const character of characters) widths.set(character, width / 1_000 / characters.length);
}
