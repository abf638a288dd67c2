import { formatNumber, type LettersGoOn } from './number-formats.ts';
import { attributeOf, childElements, descendants, nameOf, type XmlElement } from './xml-tree.ts';

interface NumberLevel {
  /** As `formatNumber` knows it; undefined for bullets and for no number. */
  format: string | undefined;
  /** As in `%1%.%2%)`. */
  pattern: string;
  start: number;
  lettersGoOn: LettersGoOn;
}

type NumberLevels = ReadonlyMap<number, NumberLevel>;

/** OpenDocument has no deeper ones. */
const LEVEL_MAX = 10;

/** A list that is being read, at one of its levels. */
export interface OpenList {
  styleName: string;
  level: number;
  /** By level, from 1; lists that go on from each other share it. */
  counts: number[];
}

/** What numbers the lists and headings of one document, in their order. */
export interface OpenDocumentNumbers {
  openList(list: XmlElement, outer: OpenList | undefined): OpenList;
  /** What stands before an item; empty for a bullet. */
  labelOfItem(list: OpenList, item: XmlElement): string;
  labelOfHeading(heading: XmlElement): string;
}

const formats = new Map(
  Object.entries({
    1: 'decimal',
    a: 'lowerLetter',
    A: 'upperLetter',
    i: 'lowerRoman',
    I: 'upperRoman',
  }),
);

/** @param parts the document, and what holds its styles. */
export function createOpenDocumentNumbers(parts: readonly (XmlElement | undefined)[]): OpenDocumentNumbers {
  const styles = new Map<string, NumberLevels>();
  let outline: NumberLevels = new Map();
  for (const part of parts) {
    if (part === undefined) continue;
    for (const style of descendants(part, 'list-style')) styles.set(attributeOf(style, 'name') ?? '', levelsOf(style));
    for (const style of descendants(part, 'outline-style')) outline = levelsOf(style);
  }
  const byId = new Map<string, number[]>();
  const byStyle = new Map<string, number[]>();
  const headings: number[] = [];

  return {
    openList(list, outer) {
      const styleName = attributeOf(list, 'style-name') ?? outer?.styleName ?? '';
      if (outer !== undefined) return { styleName, level: outer.level + 1, counts: outer.counts };
      const isOn = attributeOf(list, 'continue-numbering') === 'true';
      const [id, continued] = [attributeOf(list, 'id'), attributeOf(list, 'continue-list')];
      const before = continued === undefined ? undefined : byId.get(continued);
      const counts = before ?? (isOn ? byStyle.get(styleName) : undefined) ?? [];
      byStyle.set(styleName, counts);
      if (id !== undefined) byId.set(id, counts);
      return { styleName, level: 1, counts };
    },
    labelOfItem({ styleName, level, counts }, item) {
      // An item that only holds a list further in, as programs write what begins deeper, is none of its own.
      const isItem = childElements(item).some((child) => ['p', 'h'].includes(nameOf(child)));
      return nameOf(item) === 'list-item' && isItem ? count(styles.get(styleName), counts, level, item) : '';
    },
    labelOfHeading(heading) {
      if (attributeOf(heading, 'is-list-header') === 'true') return '';
      return count(outline, headings, Number(attributeOf(heading, 'outline-level') ?? 1), heading);
    },
  };
}

function count(levels: NumberLevels | undefined, counts: number[], level: number, element: XmlElement): string {
  if (!isLevel(level)) return '';
  const definition = levels?.get(level);
  const said = Number.parseInt(attributeOf(element, 'start-value') ?? '', 10);
  const before = counts[level];
  counts[level] = Number.isNaN(said) ? (before === undefined ? (definition?.start ?? 1) : before + 1) : said;
  counts.length = level + 1;
  if (definition?.format === undefined) return '';
  return definition.pattern.replace(/%(\d{1,2})%/g, (_, place: string) => {
    const { format, start, lettersGoOn } = levels?.get(Number(place)) ?? definition;
    return format === undefined ? '' : formatNumber(counts[Number(place)] ?? start, format, lettersGoOn);
  });
}

function isLevel(level: number): boolean {
  return Number.isInteger(level) && level >= 1 && level <= LEVEL_MAX;
}

function levelsOf(style: XmlElement): NumberLevels {
  const levels = childElements(style).map((element) => [Number(attributeOf(element, 'level')), element] as const);
  return new Map(levels.flatMap(([level, element]) => (isLevel(level) ? [[level, levelOf(element, level)]] : [])));
}

function levelOf(element: XmlElement, level: number): NumberLevel {
  const shown = Math.min(level, Number(attributeOf(element, 'display-levels') ?? 1) || 1);
  const places = Array.from({ length: shown }, (_, index) => `%${level - shown + 1 + index}%`);
  const shownAs = attributeOf(element, 'num-format') ?? '';
  const isNumber = nameOf(element) !== 'list-level-style-bullet' && nameOf(element) !== 'list-level-style-image';
  return {
    format: isNumber && shownAs !== '' ? (formats.get(shownAs) ?? 'decimal') : undefined,
    pattern:
      attributeOf(element, 'num-list-format') ??
      `${attributeOf(element, 'num-prefix') ?? ''}${places.join('.')}${attributeOf(element, 'num-suffix') ?? ''}`,
    start: Number(attributeOf(element, 'start-value') ?? 1) || 1,
    lettersGoOn: attributeOf(element, 'num-letter-sync') === 'true' ? 'repeating' : 'counting',
  };
}
