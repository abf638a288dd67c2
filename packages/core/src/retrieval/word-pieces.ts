/** Longest word that is looked up; a longer one is no word. */
const WORD_CHARACTERS_MAX = 100;

/**
 * Cuts text as BERT's uncased tokenizer does (Devlin et al., 2019): accents and case folded, punctuation and CJK
 * characters standing alone, then the longest known piece from the left, `##` marking a continuation. A word with an
 * unknown part is one unknown piece.
 *
 * @returns the pieces' places in the vocabulary, in order.
 */
export function cutWordPieces(text: string, vocabulary: ReadonlyMap<string, number>, unknown: number): number[] {
  return splitWords(text).flatMap((word) => cutWord(word, vocabulary) ?? [unknown]);
}

function splitWords(text: string): string[] {
  const folded = text
    .replace(/[\0\uFFFD]|(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  return folded.match(/[\p{P}$+<=>^`|~]|\p{Script=Han}|(?:(?![\p{P}$+<=>^`|~]|\p{Script=Han})\S)+/gu) ?? [];
}

function cutWord(word: string, vocabulary: ReadonlyMap<string, number>): number[] | undefined {
  if (word.length > WORD_CHARACTERS_MAX) return undefined;
  const pieces: number[] = [];
  let start = 0;
  while (start < word.length) {
    let end = word.length;
    let piece: number | undefined;
    for (; end > start && piece === undefined; end -= 1) {
      piece = vocabulary.get((start === 0 ? '' : '##') + word.slice(start, end));
    }
    if (piece === undefined) return undefined;
    pieces.push(piece);
    // The search has stepped once past the end that fitted.
    start = end + 1;
  }
  return pieces;
}
