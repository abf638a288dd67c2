import { childElements, descendants, firstDescendant, textOf, type XmlElement } from './xml-tree.ts';

/** The numbers behind a chart: one row for each category, one column for each series. */
export function readChart(chart: XmlElement): { title: string; rows: string[][] } {
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
  const title = firstDescendant(chart, 'title');
  return {
    title: title === undefined ? '' : [...descendants(title, 't')].map(textOf).join(''),
    rows: [['Category', ...series.map((one) => one.name)], ...rows],
  };
}

function points(series: XmlElement, name: string): string[] {
  const [part] = childElements(series, name);
  return part === undefined ? [] : [...descendants(part, 'v')].map(textOf);
}
