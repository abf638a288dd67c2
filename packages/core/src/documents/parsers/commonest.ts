/** The value most of the text has, by characters; 0 without text. */
export function commonest<Item extends { text: string }>(
  items: readonly Item[],
  valueOf: (item: Item) => number,
): number {
  const characters = new Map<number, number>();
  for (const item of items) {
    const value = valueOf(item);
    characters.set(value, (characters.get(value) ?? 0) + item.text.length);
  }
  return [...characters].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0];
}
