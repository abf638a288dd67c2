/**
 * The stretch that all items take together: from Infinity to -Infinity without any. A loop, since a call takes some 120,000
 * arguments, and a page may hold more items.
 */
export function extentOf<Item>(
  items: readonly Item[],
  fromOf: (item: Item) => number,
  toOf: (item: Item) => number = fromOf,
): [from: number, to: number] {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const item of items) {
    from = Math.min(from, fromOf(item));
    to = Math.max(to, toOf(item));
  }
  return [from, to];
}
