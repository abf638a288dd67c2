import type { QuestionWord } from '@twin/db/queries/lexemes';
import { listWordsLike } from '@twin/db/queries/words-like';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { editDistance } from './edit-distance.ts';

/** Shorter words have too many neighbours that mean something else. */
const lettersMin = 5;
/** From this length on two letters may be wrong. */
const longWordLetters = 8;
/** A word that was only guessed counts this much of its rarity. */
const guessShare = 0.7;

/**
 * The words of a question, each that no chunk holds replaced by the nearest one that some chunk does: at most one letter
 * off, two in long words, the first two letters right. Words without such a neighbour stay unknown. Each word once, also
 * where two spellings become one.
 */
export async function correctTypos(
  deps: Pick<Deps, 'db'>,
  scope: TwinScope,
  words: readonly QuestionWord[],
): Promise<QuestionWord[]> {
  const unknown = words.filter(
    ({ id, lexeme }) => id === null && lexeme.length >= lettersMin && /^\p{L}+$/u.test(lexeme),
  );
  if (unknown.length === 0) return [...words];
  const candidates = await listWordsLike(
    deps.db,
    scope,
    unknown.map(({ lexeme }) => lexeme),
  );
  const corrected = words.map((word) => {
    const distanceMax = word.lexeme.length >= longWordLetters ? 2 : 1;
    const [nearest] = candidates
      .filter(({ like }) => like === word.lexeme)
      .map((candidate) => ({ ...candidate, distance: editDistance(word.lexeme, candidate.lexeme) }))
      .filter(({ distance }) => distance <= distanceMax)
      .toSorted((a, b) => a.distance - b.distance || b.chunkCount - a.chunkCount);
    if (word.id !== null || nearest === undefined) return word;
    const { lexeme, id, chunkCount, rarity } = nearest;
    const guessed = { lexeme, rarity: guessShare * rarity };
    return { ...guessed, id, chunkCount, word: guessed, positions: word.positions };
  });
  return eachOnce(corrected);
}

/** A word that is also spelled right keeps its whole rarity. */
function eachOnce(words: readonly QuestionWord[]): QuestionWord[] {
  const once = new Map<string, QuestionWord>();
  for (const word of words) {
    const known = once.get(word.lexeme);
    const rarity = Math.max(word.rarity, known?.rarity ?? 0);
    const named = { lexeme: word.word.lexeme, rarity: Math.max(word.word.rarity, known?.word.rarity ?? 0) };
    once.set(word.lexeme, {
      ...word,
      rarity,
      word: named,
      positions: [...(known?.positions ?? []), ...word.positions],
    });
  }
  return [...once.values()];
}
