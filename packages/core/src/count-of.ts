/** "1 passage", "3 passages", as a person reads it. `plural` only where an s at the end is not enough. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
