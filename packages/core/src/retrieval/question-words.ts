import { listQuestionWords, type QuestionWord } from '@twin/db/queries/lexemes';
import { type SearchRange, wholeRange } from '@twin/db/queries/search-range';
import type { AskedWord } from '@twin/db/queries/word-candidates';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { correctTypos } from './correct-typos.ts';
import { listIrregularForms, withIrregularForms } from './irregular-forms.ts';
import { listPairsWithinWords, straddlesWords } from './pairs-within-words.ts';
import { isShapingWord } from './shaping-words.ts';
import { isUnspaced } from './unspaced-script.ts';
import { askToReach } from './ways-to-reach.ts';
import type { WordPair } from './word-proximity.ts';

/** A question's stemmed content words, each with what it counts for among them; stems of one word count once. */
export type WeightedWords = ReadonlyMap<string, { word: string; weight: number }>;

/** Of a shaping word's rarity, where a text is held against a question. In the search they count whole: at a quarter it finds no better. */
const shapingWordShare = 0.25;

/**
 * An earlier question's words count this much in the search for a later one, and each one further back 0.6 of the one
 * after it. Of 366 follow-ups, nDCG@10 was 70.2 without earlier questions, 75.0 with the last one as a list of its own,
 * 77.7 with the words of all in one query like this. One query cannot lift what matches the earlier question alone.
 */
const earlierWordShare = 0.5;
const earlierWordDecay = 0.6;

/** Words of a question as it was asked that its rewriting lost; a guess of a model must not bury what a person said. */
const asAskedWordShare = 0.5;

/** What was asked further back has been left behind. */
const earlierQuestionsMax = 3;

/** Neighbours in a question up to this far apart, stop words counted, make a pair. */
const pairDistanceMax = 3;

/** What a question is read together with: those before it, the latest first, or itself as it was before its rewriting. */
export type QuestionsBefore =
  | { earlierQuestions?: readonly string[]; asAsked?: undefined }
  | { earlierQuestions?: undefined; asAsked: string };

type NamedWord = AskedWord & { lexeme: string; word: string };

/** What found texts are held against: words that some chunk holds, those that only shape a question at a quarter. */
export interface JudgedWords {
  words: NamedWord[];
  /** What a chunk would be worth that says every word once, words that no chunk holds included. */
  weight: number;
  /** Of it, those that no chunk holds. */
  unknownWeight: number;
  /** Of it, those that name something and do not only shape the question. */
  namingWeight: number;
  /** Of it, pairs of characters that belong to two words. */
  straddlingWeight: number;
}

export interface AskedQuestion {
  /** Words that some chunk holds, as they are searched: the question's own, and with those of earlier questions. */
  own: NamedWord[];
  all: NamedWord[];
  /** The same words as relevance counts them, and those of each earlier question by itself, the latest first. */
  judged: { own: JudgedWords; all: JudgedWords; earlier: JudgedWords[] };
  /** All words, known or not, as coverage counts them: the question's own, and those it is read together with. */
  weighted: WeightedWords;
  weightedBefore: WeightedWords;
  /** The weight of a word that no chunk holds: the greatest. */
  rarityMax: number;
  /** How much there is to search, where no filter leaves less. */
  wholeRange: SearchRange;
  /** Whether it is searched by pairs of characters. */
  isUnspaced: boolean;
  /** Neighbouring words of the question, each pair with the weight of its commoner word. */
  pairs: WordPair[];
}

/** The words of a question and of what it is read together with, weighted by how rare each is in the twin's documents. */
export async function findAskedQuestion(
  deps: Pick<Deps, 'db'>,
  scope: TwinScope,
  question: string,
  before: QuestionsBefore = {},
): Promise<AskedQuestion> {
  const toReach = askToReach(question);
  const read = [toReach.question, ...textsOf(before)];
  const forms = [...listIrregularForms(read), ...toReach.forms];
  const texts = [...read, forms.flat().join(' ')];
  const words = await listQuestionWords(deps.db, scope, texts);
  const { rarityMax, libraryChunkCount, hiddenChunkCount } = words;
  const pairsWithinWords = listPairsWithinWords(read);
  const formWords = words.texts.at(-1) ?? [];
  const [asked = [], ...others] = words.texts.slice(0, -1).map((said) => withIrregularForms(said, formWords, forms));
  const corrected = await correctTypos(deps, scope, toReach.question, asked);
  const own = corrected.map(byRarity);
  const all = withEarlier(own, others, sharesOf(before));
  // A guess counts for what is found, and for what was asked as the unknown word it is.
  const guessedWeight = weightOf(asked.map(byRarity).map(toNamed)) - weightOf(own.map(toNamed));
  return {
    own: toAsked(own),
    all: toAsked(all),
    judged: {
      own: toJudged(own, pairsWithinWords, guessedWeight),
      all: toJudged(all, pairsWithinWords, guessedWeight),
      earlier: others.slice(0, earlierQuestionsMax).map((words) => toJudged(words.map(byRarity), pairsWithinWords)),
    },
    weighted: toWeighted(own, pairsWithinWords),
    weightedBefore: toWeighted(all.slice(own.length), pairsWithinWords),
    rarityMax,
    wholeRange: wholeRange(libraryChunkCount, hiddenChunkCount),
    isUnspaced: isUnspaced(question),
    pairs: pairUp(corrected),
  };
}

/**
 * The words of a question with those it is read together with, which weigh together at most a share of its own: what was asked
 * before tells what is meant, and not what is asked. Where it has none of its own, they weigh what they do.
 */
export function weightWithin({ weighted, weightedBefore }: AskedQuestion, shareMax: number): WeightedWords {
  const own = weightOf([...weighted.values()]);
  const share = own === 0 ? 1 : Math.min(1, (shareMax * own) / weightOf([...weightedBefore.values()]));
  const before = [...weightedBefore].map(
    ([lexeme, { word, weight }]) => [lexeme, { word, weight: share * weight }] as const,
  );
  return new Map([...weighted, ...before]);
}

/** Share of the question's weight that a text holds, 0 to 1: rare words count more. */
export function weightedCoverage(question: WeightedWords, words: ReadonlySet<string>): number {
  const all = weightOf([...question.values()]);
  const held = weightOf([...question].filter(([lexeme]) => words.has(lexeme)).map(([, asked]) => asked));
  return all === 0 ? 0 : held / all;
}

type WeightedWord = QuestionWord & { share: number };

function toWeighted(words: readonly WeightedWord[], pairsWithinWords: ReadonlySet<string>): WeightedWords {
  return new Map(
    words.map((stem) => [stem.lexeme, { word: stem.word.lexeme, weight: coveredWeight(stem, pairsWithinWords) }]),
  );
}

function textsOf({ earlierQuestions = [], asAsked }: QuestionsBefore): readonly string[] {
  return asAsked === undefined ? earlierQuestions : [asAsked];
}

function sharesOf({ asAsked }: QuestionsBefore): (age: number) => number {
  return asAsked === undefined ? (age) => earlierWordShare * earlierWordDecay ** age : () => asAskedWordShare;
}

function byRarity(word: QuestionWord): WeightedWord {
  return { ...word, share: 1 };
}

function wordWeight({ share, word }: WeightedWord): number {
  return share * word.rarity;
}

function toNamed(stem: WeightedWord): { word: string; weight: number } {
  return { word: stem.word.lexeme, weight: wordWeight(stem) };
}

function withEarlier(
  own: readonly WeightedWord[],
  earlier: readonly (readonly QuestionWord[])[],
  shareOf: (age: number) => number,
): WeightedWord[] {
  const words = new Map(own.map((word) => [word.lexeme, word]));
  for (const [age, question] of earlier.entries()) {
    for (const word of question) {
      if (!words.has(word.lexeme)) words.set(word.lexeme, { ...word, share: shareOf(age) });
    }
  }
  return [...words.values()];
}

function toAsked(words: readonly WeightedWord[], weightOfStem = wordWeight): NamedWord[] {
  return words.flatMap((stem) => {
    const { lexeme, id, chunkCount } = stem;
    return id === null ? [] : [{ lexeme, word: stem.word.lexeme, id, chunkCount, weight: weightOfStem(stem) }];
  });
}

function pairUp(words: readonly QuestionWord[]): WordPair[] {
  const inOrder = words
    .filter(({ id }) => id !== null)
    .toSorted((a, b) => (a.positions[0] ?? 0) - (b.positions[0] ?? 0));
  return inOrder.flatMap((first, index) => {
    const next = inOrder.slice(index + 1).find(({ word }) => word.lexeme !== first.word.lexeme);
    const seconds = inOrder.slice(index + 1).filter(({ word }) => word.lexeme === next?.word.lexeme);
    return seconds.flatMap((second) => {
      const distance = (second.positions[0] ?? 0) - (first.positions[0] ?? 0);
      if (distance > pairDistanceMax) return [];
      const weight = Math.min(first.word.rarity, second.word.rarity);
      return [{ first: first.lexeme, second: second.lexeme, distanceMax: distance + 1, weight }];
    });
  });
}

/** Of different words: their stems in several languages count once. */
export function weightOf(stems: readonly { word: string; weight: number }[]): number {
  const words = Map.groupBy(stems, ({ word }) => word);
  return [...words.values()].reduce((sum, same) => sum + Math.max(...same.map(({ weight }) => weight)), 0);
}

function toJudged(
  words: readonly WeightedWord[],
  pairsWithinWords: ReadonlySet<string>,
  guessedWeight = 0,
): JudgedWords {
  const weight = guessedWeight + weightOf(words.map(toJudgedWord));
  const known = toAsked(words, judgedWeight);
  const weightOfThose = (isOne: (stem: WeightedWord) => boolean) => weightOf(words.filter(isOne).map(toJudgedWord));
  return {
    words: known,
    weight,
    unknownWeight: weight - weightOf(known),
    namingWeight: weightOfThose((stem) => !shapesQuestion(stem)),
    straddlingWeight: weightOfThose((stem) => straddlesWords(stem.word.lexeme, pairsWithinWords)),
  };
}

function toJudgedWord(stem: WeightedWord): { word: string; weight: number } {
  return { word: stem.word.lexeme, weight: judgedWeight(stem) };
}

function judgedWeight(stem: WeightedWord): number {
  return (shapesQuestion(stem) ? shapingWordShare : 1) * wordWeight(stem);
}

function shapesQuestion(stem: WeightedWord): boolean {
  return isShapingWord(stem.lexeme) || isShapingWord(stem.word.lexeme);
}

/** In what is quoted, half of a pair stands in the next word. */
function coveredWeight(stem: WeightedWord, pairsWithinWords: ReadonlySet<string>): number {
  const weight = judgedWeight(stem);
  return straddlesWords(stem.word.lexeme, pairsWithinWords)
    ? Math.min(weight, shapingWordShare * wordWeight(stem))
    : weight;
}
