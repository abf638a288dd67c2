/** Columns no further apart than this (points) are meant to be one. */
const TOLERANCE = 3;

/** Whether two tables stand in the same columns. */
export function isSameColumns(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((x, index) => Math.abs(x - (other[index] ?? 0)) <= TOLERANCE);
}
