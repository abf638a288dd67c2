import type { QuestionWord } from '@twin/db/queries/lexemes';
import { listWordsLike, listWordsSpelled, type WordLike } from '@twin/db/queries/words-like';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { editDistance } from './edit-distance.ts';
import { englishWords } from './english-words.ts';
import { soundAlikes, spellingsMeant } from './spellings-meant.ts';

/** Shorter words have too many neighbours that mean something else. */
const lettersMin = 4;
/** From this length on a word may be a word of English that no chunk holds, and what was meant is guessed all the same (colour). */
const surerWordLetters = 5;
/** From this length on two letters may be wrong. */
const longWordLetters = 8;
/** Capitals alone, up to this length, are a name of its own (NASA). */
const acronymLettersMax = 5;
/** Of one question; a pasted text may hold hundreds of words that no chunk does. */
const correctedWordsMax = 12;
/** A word that was only guessed counts this much of its rarity. */
const guessShare = 0.7;

/**
 * The words of a question, each that no chunk holds replaced by the nearest one that some chunk does: at most one letter
 * off, two in long words; first among those with the same first two letters, else among those that a mistake there would
 * explain. Numbers, codes, acronyms and, where the guess is bold, words of English stay as they are; so do words without such a
 * neighbour. Each word once, also where two spellings become one.
 */
export async function correctTypos(
  deps: Pick<Deps, 'db'>,
  scope: TwinScope,
  question: string,
  words: readonly QuestionWord[],
): Promise<QuestionWord[]> {
  const typed = readTyped(question);
  const unknown = words
    .toSorted((a, b) => (a.positions[0] ?? 0) - (b.positions[0] ?? 0))
    .filter(({ id, lexeme }) => id === null && lexeme.length >= lettersMin && /^\p{L}+$/u.test(lexeme))
    .map(({ lexeme }) => lexeme)
    .filter((lexeme) => !typed.some((word) => word.isAcronym && word.isMadeInto(lexeme)))
    .slice(0, correctedWordsMax);
  if (unknown.length === 0) return [...words];
  const known = await englishWords();
  const isEnglish = (lexeme: string) => typed.some((word) => word.isMadeInto(lexeme) && known.has(word.letters));
  const guessed = unknown.filter((lexeme) => lexeme.length >= surerWordLetters || !isEnglish(lexeme));
  const alike = nearestOf(await listWordsLike(deps.db, scope, guessed));
  const left = guessed.filter((lexeme) => !alike.has(lexeme) && !isEnglish(lexeme));
  const meant = left.map((lexeme) => ({ lexeme, spellings: spellingsMeant(lexeme) }));
  const spelled = nearestOf(await listWordsSpelled(deps.db, scope, meant));
  return eachOnce(words.map((word) => withGuess(word, alike.get(word.lexeme) ?? spelled.get(word.lexeme))));
}

interface TypedWord {
  /** Small, without accents. */
  letters: string;
  isAcronym: boolean;
  /** Whether a stem comes of it; told by its letters, of which the last may be another one. */
  isMadeInto(lexeme: string): boolean;
}

function readTyped(question: string): TypedWord[] {
  const plain = question.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const isShouted = !/\p{Ll}/u.test(plain);
  return (plain.match(/\p{L}+/gu) ?? []).map((word) => {
    const letters = word.toLowerCase();
    return {
      letters,
      isAcronym: !isShouted && word.length <= acronymLettersMax && /^\p{Lu}+$/u.test(word),
      isMadeInto: (lexeme) => letters.startsWith(lexeme.slice(0, -1)),
    };
  });
}

/** For each word that was looked up what it most likely means: the least mistakes, then the same letters, then the same first one. */
function nearestOf(candidates: readonly WordLike[]): Map<string, WordLike> {
  const nearest = new Map<string, WordLike>();
  for (const [like, words] of Map.groupBy(candidates, (candidate) => candidate.like)) {
    const distanceMax = like.length >= longWordLetters ? 2 : 1;
    const alikes = soundAlikes(like);
    const letters = lettersOf(like);
    const [best] = words
      .map((word) => ({ word, distance: alikes.includes(word.lexeme) ? 1 : editDistance(like, word.lexeme) }))
      .filter(({ word, distance }) => distance <= distanceMax && /^\p{L}+$/u.test(word.lexeme))
      .map(({ word, distance }) => {
        const likeness = lettersOf(word.lexeme) === letters ? 0 : word.lexeme[0] === like[0] ? 1 : 2;
        return { word, distance, likeness };
      })
      .toSorted((a, b) => a.distance - b.distance || a.likeness - b.likeness || b.word.chunkCount - a.word.chunkCount);
    if (best !== undefined) nearest.set(like, best.word);
  }
  return nearest;
}

function lettersOf(word: string): string {
  return word.split('').toSorted().join('');
}

function withGuess(word: QuestionWord, nearest: WordLike | undefined): QuestionWord {
  if (word.id !== null || nearest === undefined) return word;
  const { lexeme, id, chunkCount, rarity } = nearest;
  const guessed = { lexeme, rarity: guessShare * rarity };
  return { ...guessed, id, chunkCount, word: guessed, positions: word.positions };
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
