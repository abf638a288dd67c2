const stopWords = new Set(
  `a about after all also an and any are as at be because been but by can could did do does for from get had has have
  how i if in into is it its just like may me more most my no not of on one only or other our out over so some such
  than that the their them then there these they this those to was we were what when where which while who whom why
  will with would you your tell please der die das und ist ein eine von zu mit wie was le la les un une des et est
  de el los las que y en es`.split(/\s+/),
);

/**
 * The words that carry a text's meaning, folded so that forms of one word meet: lower case, without accents, common
 * English endings cut. Scripts without spaces give pairs of characters. For comparing short texts where a database's
 * stemmer is out of reach, such as in the middle of a stream.
 */
export function contentWords(text: string): Set<string> {
  const words = new Set<string>();
  const folded = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  for (const [run] of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(run)) {
      for (let index = 0; index < run.length - 1; index++) words.add(run.slice(index, index + 2));
    } else if (!stopWords.has(run) && (run.length > 1 || /\p{N}/u.test(run))) {
      words.add(cutEnding(run));
    }
  }
  return words;
}

function cutEnding(word: string): string {
  if (word.length < 5 || /\p{N}/u.test(word)) return word.length === 4 && word.endsWith('s') ? word.slice(0, 3) : word;
  const stem = word.replace(/(?:ations?|ities|ings?|edly|ness|ment|ies|ied|ion|ers?|est|ed|es|ly|e|y|s)$/, '');
  return stem.length >= 3 ? stem : word;
}
