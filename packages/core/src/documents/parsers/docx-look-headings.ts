import { commonest } from './commonest.ts';
import { readStyleLooks } from './docx-looks.ts';
import { type DocxParagraph, listDocxParagraphs } from './docx-paragraphs.ts';
import { bullet } from './pdf-block-signs.ts';

/** Rules for Mammoth: the styles that are given to paragraphs that look like headings. */
export const lookHeadingStyles = [1, 2, 3, 4, 5, 6].map((level) => `p.LooksLikeHeading${level} => h${level}:fresh`);

const SIZE_RATIO = 1.15;
const CHARACTERS_MAX = 120;
/** Where more of the text is bold, or in capitals, that says nothing. */
const SHARE_MAX = 0.4;
const LINES_MAX = 2;
/** Capitals are a heading above prose. What stands in a column of short lines is an address, or a form. */
const PROSE_CHARACTERS_MIN = 60;
/** Styles that say what a paragraph is. */
const toldByStyle =
  /^(?:heading|title|subtitle|toc|table|caption|list|quote|intense quote|code|source|html|macro|footnote|endnote|header|footer|bibliography)/i;

type Look = 'large' | 'bold' | 'capitals';
interface Found {
  paragraph: DocxParagraph;
  look: Look;
}

/**
 * Gives a style to paragraphs that a person made headings by hand, larger than the text, in bold or in capitals: in many documents there
 * are no others. Below headings by style they are a level deeper than any of those.
 * @param levelOf the level of a style that is a heading.
 */
export function markLookHeadings(
  documentXml: string,
  stylesXml: Uint8Array | undefined,
  levelOf: (styleName: string) => number | undefined,
): string {
  const styles = readStyleLooks(stylesXml);
  const paragraphs = listDocxParagraphs(documentXml, styles);
  const nameOf = ({ styleId }: DocxParagraph) => (styleId === undefined ? '' : styles.nameOf(styleId));
  const levels = paragraphs.map((paragraph) => levelOf(nameOf(paragraph)));
  const isOpen = (paragraph: DocxParagraph, index: number) =>
    levels[index] === undefined && !paragraph.isApart && !toldByStyle.test(nameOf(paragraph));
  const found = findHeadings(paragraphs, paragraphs.map(isOpen));
  const firstByStyle = paragraphs[levels.findIndex((level) => level !== undefined)]?.at ?? Number.POSITIVE_INFINITY;
  const deepest = levels.reduce<number>((most, level) => Math.max(most, level ?? 0), 0);
  const ranks = rankLooks(found);
  const pieces: string[] = [];
  let from = 0;
  for (const one of found) {
    const { at, hasProperties } = one.paragraph;
    const isAbove = one.look === 'large' && at < firstByStyle;
    const level = Math.min(6, (isAbove ? 0 : deepest) + (ranks.get(rankKey(one)) ?? 1));
    const style = `<w:pStyle w:val="LooksLikeHeading${level}"/>`;
    pieces.push(documentXml.slice(from, at), hasProperties ? style : `<w:pPr>${style}</w:pPr>`);
    from = at;
  }
  return [...pieces, documentXml.slice(from)].join('');
}

function findHeadings(paragraphs: readonly DocxParagraph[], isOpen: readonly boolean[]): Found[] {
  const bodySize = commonest(paragraphs, ({ size }) => size);
  const looks = paragraphs.map((paragraph) => lookOf(paragraph, bodySize));
  for (const look of ['bold', 'capitals'] as const) {
    const share = charactersIn(paragraphs.filter((_, index) => looks[index] === look)) / charactersIn(paragraphs);
    if (share > SHARE_MAX) for (const [index, own] of looks.entries()) if (own === look) looks[index] = undefined;
  }
  return paragraphs.flatMap((paragraph, index) => {
    const look = looks[index];
    if (look === undefined || isOpen[index] !== true || !isHeadingText(paragraph.text)) return [];
    return look === 'large' || standsAbove(paragraphs, looks, index) ? { paragraph, look } : [];
  });
}

function charactersIn(paragraphs: readonly DocxParagraph[]): number {
  return paragraphs.reduce((sum, { text }) => sum + text.length, 0);
}

function lookOf({ text, size, isBold }: DocxParagraph, bodySize: number): Look | undefined {
  if (size >= SIZE_RATIO * bodySize) return 'large';
  if (isBold) return 'bold';
  return /\p{Lu}.*\p{Lu}.*\p{Lu}/u.test(text) && !/[\p{Ll}\p{Lo}]/u.test(text) ? 'capitals' : undefined;
}

/** No sentence, no item, no row of a form or of a table of contents. */
function isHeadingText(text: string): boolean {
  const words = text.replace(/^[\p{N}\p{Lu}]{1,5}(?:\.\p{N}+)*[.):]?\t+/u, '');
  if (text.length > CHARACTERS_MAX || bullet.test(text) || /[\t\n]/.test(words)) return false;
  return /^["“«(¿¡]?[\p{Lu}\p{Lo}\p{N}]/u.test(text) && /\p{L}{2}/u.test(text) && !/[.,;:_]$|\.{4}/.test(text);
}

/** Whether it is one of few such lines, over something that does not look so. */
function standsAbove(
  paragraphs: readonly DocxParagraph[],
  looks: readonly (Look | undefined)[],
  index: number,
): boolean {
  let start = index;
  while (index - start < LINES_MAX && looks[start - 1] === looks[index]) start -= 1;
  let end = index + 1;
  while (end - start <= LINES_MAX && looks[end] === looks[index]) end += 1;
  const after = paragraphs[end];
  if (after === undefined || end - start > LINES_MAX) return false;
  return looks[index] === 'bold' || (!after.isApart && after.text.length >= PROSE_CHARACTERS_MIN);
}

/** Larger sizes stand above smaller ones, those above bold, and that above capitals. */
function rankLooks(found: readonly Found[]): Map<string, number> {
  const order = { large: 0, bold: 1, capitals: 2 };
  const sorted = found.toSorted(
    (one, other) => order[one.look] - order[other.look] || other.paragraph.size - one.paragraph.size,
  );
  return new Map([...new Set(sorted.map(rankKey))].map((key, index) => [key, index + 1]));
}

function rankKey({ look, paragraph }: Found): string {
  return look === 'large' ? `large ${paragraph.size}` : look;
}
