/**
 * `chosen` with `to` toggled, and all between `from` and it, in the order shown, as it is then. `from` may be null, or
 * have left the list: then `to` alone.
 */
export function selectRange(
  chosen: ReadonlySet<string>,
  shown: readonly string[],
  from: string | null,
  to: string,
): ReadonlySet<string> {
  const start = from === null ? -1 : shown.indexOf(from);
  const end = shown.indexOf(to);
  const range = start === -1 || end === -1 ? [to] : shown.slice(Math.min(start, end), Math.max(start, end) + 1);
  const next = new Set(chosen);
  for (const id of range) {
    if (chosen.has(to)) next.delete(id);
    else next.add(id);
  }
  return next;
}
