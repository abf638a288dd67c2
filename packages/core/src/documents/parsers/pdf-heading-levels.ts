import { commonest } from './commonest.ts';
import { findBoldHeadings } from './pdf-bold-headings.ts';
import type { PdfLine } from './pdf-lines.ts';
import { outlineKey } from './pdf-outline.ts';

/** Larger than body text by this factor is a heading, if it is short. */
const HEADING_SIZE_RATIO = 1.15;
const HEADING_CHARACTERS_MAX = 200;

/** The tags of a file are believed where they tell of most of its text, and of headings about as many as there seem to be. */
const TAGGED_SHARE_MIN = 0.7;
const HEADINGS_SHARE_MIN = 0.5;
const TAGGED_HEADING_CHARACTERS_MAX = 300;
const SENTENCE_CHARACTERS_MIN = 120;

/**
 * The levels of lines that are headings: by what a tagged file says of them, by its bookmarks, else by size and weight. Where its tags can
 * be believed, what they call a paragraph is none, unless it is as large as those that they call headings, or stands above them all, as titles do.
 */
export function findHeadingLevels(
  lines: readonly PdfLine[],
  outline: ReadonlyMap<string, number>,
): Map<PdfLine, number> {
  const text = lines.filter(({ table }) => table === undefined);
  const byLook = findByLook(lines);
  const byTag = findByTag(text);
  const tagged = text.filter(({ tag }) => tag !== undefined);
  const isBelieved =
    byTag.size > 0 &&
    byTag.size >= HEADINGS_SHARE_MIN * byLook.size &&
    charactersIn(tagged) >= TAGGED_SHARE_MIN * charactersIn(text);
  const likeTagged = levelLikeTagged(text, byLook, byTag);
  const levels = new Map<PdfLine, number>();
  const bodyAngle = commonest(lines, (line) => line.angle);
  for (const line of text) {
    // Text set across the page's direction is a stamp or a margin note, however large.
    if (line.angle !== bodyAngle) continue;
    const look = isBelieved && line.tag !== undefined ? likeTagged(line) : byLook.get(line);
    const level = byTag.get(line) ?? outline.get(outlineKey(line.text)) ?? look;
    if (level !== undefined) levels.set(line, level);
  }
  return levels;
}

function levelLikeTagged(
  lines: readonly PdfLine[],
  byLook: ReadonlyMap<PdfLine, number>,
  byTag: ReadonlyMap<PdfLine, number>,
): (line: PdfLine) => number | undefined {
  const sizes = new Map([...byTag].map(([{ fontSize }, level]) => [roundSize(fontSize), level]));
  const largest = Math.max(...sizes.keys());
  const bodySize = commonest(lines, (line) => roundSize(line.fontSize));
  const first = lines.findIndex((line) => byTag.has(line));
  const above = new Set(lines.slice(0, first));
  return (line) => {
    const size = roundSize(line.fontSize);
    if (!byLook.has(line) || size < HEADING_SIZE_RATIO * bodySize) return undefined;
    return size > largest && above.has(line) ? 1 : sizes.get(size);
  };
}

function charactersIn(lines: readonly PdfLine[]): number {
  return lines.reduce((sum, line) => sum + line.text.length, 0);
}

function findByTag(lines: readonly PdfLine[]): Map<PdfLine, number> {
  const levels = new Map<PdfLine, number>();
  const headings = lines.filter(({ tag }) => tag?.kind === 'heading');
  for (const heading of Map.groupBy(headings, ({ tag }) => tag?.element).values()) {
    // Whole paragraphs are tagged as headings by people who want them large.
    if (charactersIn(heading) > TAGGED_HEADING_CHARACTERS_MAX || !heading.some((line) => /\p{L}/u.test(line.text)))
      continue;
    if (charactersIn(heading) > SENTENCE_CHARACTERS_MIN && /[.,;]$/.test(heading.at(-1)?.text ?? '')) continue;
    for (const line of heading) levels.set(line, Math.min(6, line.tag?.level ?? 1));
  }
  return levels;
}

function findByLook(lines: readonly PdfLine[]): Map<PdfLine, number> {
  const bodySize = commonest(lines, (line) => roundSize(line.fontSize));
  const headingSizes = headingSizesOf(lines, bodySize);
  const boldHeadings = findBoldHeadings(lines);
  const boldLevel = Math.min(6, headingSizes.length + 1);
  const levels = new Map<PdfLine, number>();
  for (const line of lines) {
    const level = headingLevel(line, headingSizes) ?? (boldHeadings.has(line) ? boldLevel : undefined);
    if (level !== undefined) levels.set(line, level);
  }
  return levels;
}

/** Distinct heading sizes, largest first: the index is the level. */
function headingSizesOf(lines: readonly PdfLine[], bodySize: number): number[] {
  const sizes = lines
    .filter(
      (line) => line.table === undefined && line.fontSize >= bodySize * HEADING_SIZE_RATIO && isHeadingText(line.text),
    )
    .map((line) => roundSize(line.fontSize));
  return [...new Set(sizes)].toSorted((one, other) => other - one);
}

function headingLevel(line: PdfLine, headingSizes: readonly number[]): number | undefined {
  const index = isHeadingText(line.text) ? headingSizes.indexOf(roundSize(line.fontSize)) : -1;
  return index < 0 ? undefined : Math.min(6, index + 1);
}

function isHeadingText(text: string): boolean {
  return text.length <= HEADING_CHARACTERS_MAX && /\p{L}/u.test(text);
}

function roundSize(size: number): number {
  return Math.round(size * 2) / 2;
}
