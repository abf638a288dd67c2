const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;

/** Whether a text is mostly in a script that is searched by pairs of characters: without spaces, or with endings joined to words. */
export function isUnspaced(text: string): boolean {
  return 2 * (text.match(unspaced)?.length ?? 0) > (text.match(/\p{L}/gu)?.length ?? 0);
}
