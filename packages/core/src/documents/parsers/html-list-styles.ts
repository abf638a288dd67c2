import type { HtmlElement } from './html-node.ts';
import { formatNumber } from './number-formats.ts';

/** What stands before an item: words of the style sheet, and counters of lists, each with its format. */
type Label = (string | { list: string; format: string })[];

/** Labels of the items of lists, by the classes of the lists. */
export type ListStyles = ReadonlyMap<string, Label>;

const SHEET_CHARACTERS_MAX = 1_000_000;
const rule = /\.([\w-]{1,80})\s*>\s*li:before\s*\{\s*content:\s*([^{};]{1,500})/g;
const piece = /"([^"]{0,100})"|counter\(([\w-]{1,100}),\s*([\w-]{1,40})\)/g;
const formats = new Map([
  ['lower-latin', 'lowerLetter'],
  ['lower-alpha', 'lowerLetter'],
  ['upper-latin', 'upperLetter'],
  ['upper-alpha', 'upperLetter'],
  ['lower-roman', 'lowerRoman'],
  ['upper-roman', 'upperRoman'],
]);

/** Reads how Google Docs numbers the lists of a page it exports: in the style sheet, by a class for each level of a list. */
export function readListStyles(html: string): ListStyles {
  const styles = new Map<string, Label>();
  const sheet = /<style[^>]{0,200}>([^<]*)<\/style>/i.exec(html.slice(0, SHEET_CHARACTERS_MAX))?.[1] ?? '';
  for (const [, name = '', content = ''] of sheet.matchAll(rule)) {
    const label = [...content.matchAll(piece)].map(([, words, counter = '', format = 'decimal']) =>
      words === undefined ? { list: counter.replace('lst-ctn-', 'lst-'), format } : words,
    );
    if (label.some((part) => typeof part !== 'string')) styles.set(name, label);
  }
  return styles;
}

/**
 * What stands before an item of such a list; undefined for other lists.
 * @param numbers those of the last item of each list, by class: set here.
 */
export function labelOfItem(
  list: HtmlElement,
  number: number,
  styles: ListStyles,
  numbers: Map<string, number>,
): string | undefined {
  const name = (list.attribs['class'] ?? '').split(/\s+/).find((each) => styles.has(each));
  const label = name === undefined ? undefined : styles.get(name);
  if (name === undefined || label === undefined) return undefined;
  numbers.set(name, number);
  const shown = label.map((part) =>
    typeof part === 'string'
      ? part
      : formatNumber(numbers.get(part.list) ?? 1, formats.get(part.format) ?? 'decimal', 'counting'),
  );
  return `${shown.join('').trim()} `;
}
