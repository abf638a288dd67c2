import { joinBoxes } from '../page-box.ts';
import type { PageBox } from '../parsed-document.ts';

/** A paragraph found in a picture. */
interface RecognisedParagraph {
  lines: string[];
  /** In the picture's pixels; absent when the picture had to be turned to be read. */
  box?: PageBox;
}

export interface RecognisedPage {
  paragraphs: RecognisedParagraph[];
  /** Mean over the words, 0 to 100. */
  confidence: number;
}

/** Words below are noise: specks, textures, edges of photographs. */
const WORD_CONFIDENCE_MIN = 30;
const WORD_LEVEL = '5';

/**
 * Reads Tesseract's table of words (TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence,
 * text) into paragraphs in reading order.
 */
export function readWordTable(table: string): RecognisedPage {
  const paragraphs = new Map<string, { lines: Map<string, string[]>; box: PageBox }>();
  let confidences = 0;
  let words = 0;
  for (const row of table.split('\n')) {
    const [level, , block, paragraph, line, , left, top, width, height, confidence, text = ''] = row.split('\t');
    if (level !== WORD_LEVEL || text.trim() === '' || Number(confidence) < WORD_CONFIDENCE_MIN) continue;
    const box = { x: Number(left), y: Number(top), width: Number(width), height: Number(height) };
    const key = `${block}.${paragraph}`;
    const found = paragraphs.get(key) ?? { lines: new Map<string, string[]>(), box };
    found.box = joinBoxes(found.box, box);
    found.lines.set(line ?? '', [...(found.lines.get(line ?? '') ?? []), text.trim()]);
    paragraphs.set(key, found);
    confidences += Number(confidence);
    words += 1;
  }
  return {
    paragraphs: [...paragraphs.values()].map(({ lines, box }) => ({
      lines: [...lines.values()].map((line) => line.join(' ')),
      box,
    })),
    confidence: words === 0 ? 0 : confidences / words,
  };
}
