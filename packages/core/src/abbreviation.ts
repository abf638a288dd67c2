const abbreviations = new Set(
  'mr mrs ms dr prof st jr sr vs etc al fig figs eq no nos vol pp ed eds approx ca cf inc ltd co dept est e.g i.e u.s u.k z.b d.h bzw usw nr'.split(
    ' ',
  ),
);

/** Whether the dot at this place shortens a word or a name, and so ends no sentence by itself. */
export function isAbbreviation(text: string, dot: number): boolean {
  const word = /[\p{L}.]{1,12}$/u.exec(text.slice(Math.max(0, dot - 12), dot))?.[0] ?? '';
  return /^\p{Lu}$/u.test(word) || abbreviations.has(word.toLowerCase());
}
