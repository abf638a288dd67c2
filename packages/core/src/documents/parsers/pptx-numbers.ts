import { formatNumber } from './number-formats.ts';
import { attributeOf, childElements, firstDescendant, type XmlElement } from './xml-tree.ts';

/** PowerPoint has no deeper ones. */
const LEVEL_MAX = 8;

const alphabets: readonly (readonly [start: RegExp, format: string])[] = [
  [/^alphaLc/, 'lowerLetter'],
  [/^alphaUc/, 'upperLetter'],
  [/^romanLc/, 'lowerRoman'],
  [/^romanUc/, 'upperRoman'],
];

/** Counts the numbered paragraphs of one shape: the answer is what stands before each, empty for all others. */
export function createParagraphNumbers(): (paragraph: XmlElement) => string {
  const counts: ({ type: string; value: number } | undefined)[] = [];
  return (paragraph) => {
    const properties = childElements(paragraph, 'pPr')[0];
    // An empty paragraph is shown without its number, and is not counted.
    if (firstDescendant(paragraph, 't') === undefined) return '';
    const level = levelOf(properties);
    const numbering = properties === undefined ? undefined : childElements(properties, 'buAutoNum')[0];
    counts.length = level + 1;
    if (numbering === undefined) {
      counts[level] = undefined;
      return '';
    }
    const type = attributeOf(numbering, 'type') ?? 'arabicPeriod';
    const before = counts[level];
    const start = Number(attributeOf(numbering, 'startAt') ?? 1) || 1;
    const value = before?.type === type ? before.value + 1 : start;
    counts[level] = { type, value };
    return spell(type, value);
  };
}

function levelOf(properties: XmlElement | undefined): number {
  const level = Number(properties === undefined ? 0 : attributeOf(properties, 'lvl'));
  return Number.isInteger(level) && level >= 0 && level <= LEVEL_MAX ? level : 0;
}

/** The way of numbering says in its name what stands around the number, as in `romanUcParenBoth`. */
function spell(type: string, value: number): string {
  const format = alphabets.find(([start]) => start.test(type))?.[1] ?? 'decimal';
  const number = formatNumber(value, format);
  if (type.endsWith('ParenBoth')) return `(${number})`;
  if (type.endsWith('ParenR')) return `${number})`;
  return type.endsWith('Period') ? `${number}.` : number;
}
