/** The value that `share` (0 to 1) of the values do not exceed (nearest rank); undefined without values. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const ordered = values.toSorted((a, b) => a - b);
  return ordered[Math.max(0, Math.ceil(share * ordered.length) - 1)];
}
