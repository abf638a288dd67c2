/** Words carry about 1.3 tokens in the tokenizers of current models; long words and symbols about one per 4 characters. */
const TOKENS_PER_WORD = 1.3;
const CHARACTERS_PER_TOKEN = 4;

/**
 * The size of `text.slice(start, end)` by which documents are cut and read: by words, so that passages hold as much in any language;
 * Chinese, Japanese and Korean characters, which no spaces part, count one each. Of English prose it is the tokens within 15 %; what a
 * model counts for other scripts is told by `estimateModelTokens`.
 */
export function estimateTokens(text: string, start = 0, end = text.length): number {
  let words = 0;
  let characters = 0;
  let ideographs = 0;
  let inWord = false;
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (code <= 0x20 || code === 0xa0 || code === 0x3000) {
      inWord = false;
    } else if (code >= 0x2e80 && code <= 0xd7ff) {
      ideographs += 1;
      inWord = false;
    } else {
      characters += 1;
      if (!inWord) words += 1;
      inWord = true;
    }
  }
  return ideographs + Math.ceil(Math.max(words * TOKENS_PER_WORD, characters / CHARACTERS_PER_TOKEN));
}
