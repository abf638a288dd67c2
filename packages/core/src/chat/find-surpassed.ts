import { contentWords } from '../retrieval/content-words.ts';

export interface LabeledCells {
  labels: readonly string[];
  cells: readonly string[];
}

const asksForMost = /\b(?:most|highest|largest|biggest|greatest|longest|tallest|oldest|heaviest|maximum)\b/i;
const asksForLeast = /\b(?:fewest|least|lowest|smallest|shortest|youngest|lightest|minimum)\b/i;

/**
 * The rows that hold less than another one, or more, where a question asks for the most or the least of a column that it
 * names ("Which team won the most cups?"); none where it asks for nothing of the kind. English questions only.
 */
export function findSurpassed<Row extends LabeledCells>(question: string, rows: readonly Row[]): ReadonlySet<Row> {
  const sign = (asksForMost.test(question) ? 1 : 0) - (asksForLeast.test(question) ? 1 : 0);
  if (sign === 0) return new Set();
  const asked = contentWords(question);
  const isAsked = (label: string) => [...contentWords(label)].some((word) => asked.has(word));
  const tables = Map.groupBy(rows, ({ labels }) => labels.join('|'));
  const surpassed = [...tables.values()].flatMap((table) => {
    const column = table[0]?.labels.findIndex((label, at) => isAsked(label) && table.some((row) => hasNumber(row, at)));
    if (column === undefined || column < 0) return [];
    const values = table.map(({ cells }) => sign * (numberOf(cells[column] ?? '') ?? sign * -Infinity));
    const extreme = values.reduce((most, value) => Math.max(most, value), -Infinity);
    return table.filter((_, index) => values[index] !== extreme);
  });
  return new Set(surpassed);
}

function hasNumber({ cells }: LabeledCells, column: number): boolean {
  return numberOf(cells[column] ?? '') !== undefined;
}

/** Of a cell that is a number, with its separators and its unit: "1,250 km". */
function numberOf(cell: string): number | undefined {
  const digits = /^\D{0,2}(-?\d[\d,. ]*)/.exec(cell)?.[1];
  if (digits === undefined) return undefined;
  const value = Number(digits.replaceAll(/[, ]|\.$/g, ''));
  return Number.isNaN(value) ? undefined : value;
}
