import { unnamedTwin } from '../twin/persona.ts';

const pages = /^(?:about (?:me|us|myself)|über mich|bio|biography)$/;
const curriculum = /(?:^| )(curriculum vitae|cv|lebenslauf|r[eé]sum[eé])(?: |$)/;
/** Beside it, these say nothing of whose it is. */
const noise = new Set(
  'my mein the en de fr es it nl pt english deutsch german français final new version v'.split(' '),
);
const nameWordsMax = 3;

/**
 * Whether a document introduces the twin's person, by its title or file name: a page about them, or a CV with nothing beside it but their name. Of a twin
 * without a name nobody knows whose a CV is: one that ends so, after a name ("Miriam_Okafor_CV"), is taken for theirs.
 */
export function introduces(called: string, twinName: string): boolean {
  const text = wordsOf(called).join(' ');
  if (pages.test(text)) return true;
  const word = curriculum.exec(text)?.[1];
  if (word === undefined) return false;
  const rest = text.replace(curriculum, ' ').trim();
  const others = wordsOf(rest);
  if (others.length === 0) return true;
  if (twinName === unnamedTwin) return text.endsWith(` ${word}`) && others.length <= nameWordsMax;
  const names = new Set(wordsOf(twinName));
  return others.every((other) => names.has(other));
}

function wordsOf(text: string): string[] {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  return words.filter((word) => !noise.has(word));
}
