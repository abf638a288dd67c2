import { attributeOf, childElements, descendants, firstDescendant, textOf, type XmlElement } from './xml-tree.ts';

/** What a chart and its axes are called. */
export function readChartTitles(chart: XmlElement): string[] {
  return [...descendants(chart, 'title')].map(titleText).filter((title) => title !== '');
}

/** A title that repeats a cell is kept as a value. */
function titleText(title: XmlElement): string {
  const paragraphs = [...descendants(title, 'p')];
  const words = (element: XmlElement) => [...descendants(element, 't')].map(textOf).join('');
  if (paragraphs.length > 0) return paragraphs.map(words).join(' ').trim();
  return (words(title) || [...descendants(title, 'v')].map(textOf).join(' ')).trim();
}

/** The numbers behind a chart: one row for each category, one column for each series. */
export function readChart(chart: XmlElement): { titles: string[]; rows: string[][] } {
  const series = [...descendants(chart, 'ser')].map((element) => ({
    name: points(element, 'tx')[0] ?? '',
    categories: points(element, 'cat'),
    values: points(element, 'val'),
  }));
  const categories = series.find((one) => one.categories.length > 0)?.categories ?? [];
  const length = series.reduce((longest, one) => Math.max(longest, one.values.length), categories.length);
  const rows = Array.from({ length }, (_, index) => [
    categories[index] ?? String(index + 1),
    ...series.map((one) => one.values[index] ?? ''),
  ]);
  return { titles: readChartTitles(chart), rows: [['Category', ...series.map((one) => one.name)], ...rows] };
}

/** A chart names what it shows by number and leaves empty points out. */
const POINTS_MAX = 10_000;

function points(series: XmlElement, name: string): string[] {
  const [part] = childElements(series, name);
  if (part === undefined) return [];
  const list = [...descendants(part, 'pt')];
  if (list.length === 0) return [...descendants(part, 'v')].map(textOf);
  const texts: string[] = [];
  for (const point of list) {
    const index = Number(attributeOf(point, 'idx'));
    if (index >= 0 && index < POINTS_MAX) texts[index] = textOf(firstDescendant(point, 'v'));
  }
  return Array.from(texts, (text) => text ?? '');
}
