/** Text that Postgres can store as text and in JSON: without NUL and without half surrogate pairs. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** The same for text that comes in pieces: a pair that was cut in two is put together again. */
export function createStorableText(): (delta: string) => string {
  let half = '';
  return (delta) => {
    const text = half + delta;
    half = /[\uD800-\uDBFF]$/.exec(text)?.[0] ?? '';
    return storableText(half === '' ? text : text.slice(0, -1));
  };
}
