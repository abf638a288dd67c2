import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { ActiveEmbedder } from '../embedding-models/active-embedder.ts';
import { embedQuestionOnce } from '../retrieval/embed-question-once.ts';
import { isFollowUp } from '../retrieval/follow-up.ts';
import { mixDirections } from '../retrieval/mix-directions.ts';
import type { Passage } from '../retrieval/passage.ts';
import { findAskedQuestion, type WeightedWords, weightWithin } from '../retrieval/question-words.ts';
import { standingQuestion } from '../retrieval/standing-question.ts';
import { trustInMeaning } from '../retrieval/trust-in-meaning.ts';
import { asksForSection } from './asks-for-section.ts';
import { askedToDefine, defines } from './defines.ts';
import { echoesQuestion } from './echoes-question.ts';
import { findSurpassed } from './find-surpassed.ts';
import { asksForPerson, holdsKindOfAnswer } from './holds-kind-of-answer.ts';
import { joinStretches, type QuotedStretch, touches } from './join-stretches.ts';
import { listSaidWords } from './list-said-words.ts';
import { listSentences, type Sentence } from './list-sentences.ts';
import { namedBefore } from './named-before.ts';
import { listNeighbouringWords, shareSaidTogether } from './neighbouring-words.ts';
import { type SaidWords, scoreSentence } from './score-sentence.ts';
import { withContext } from './with-context.ts';

export interface QuotedQuestion {
  question: string;
  /** Those before it, the latest first: where it leans on them, their words count a little. */
  earlierQuestions: readonly string[];
  passages: readonly Passage[];
  /** What answers searches; undefined where it cannot be asked. */
  active: ActiveEmbedder | undefined;
  signal: AbortSignal;
}

interface Candidate extends Sentence {
  words: ReadonlySet<string>;
  /** Share of the question's words that it holds itself. */
  coverage: number;
  score: number;
}

const passagesReadMax = 12;
/** Elsewhere than built in, a hundred more sentences are another call to a provider, or seconds of this machine. */
const sentencesEmbeddedMax = { builtin: 200, transformer: 64, openai: 64 };
/** Beside what the search has waited for already. */
const embeddingMsMax = 5_000;
const stretchesMax = 4;
/** A sentence that scores below this share of the best adds noise, not an answer. */
const scoreShareMin = 0.6;
/** Where the best holds so much of the question, it answers alone: others must come near it, or stand beside it. */
const coverageEnough = 0.85;
const scoreShareBesideEnough = 0.8;
/** Where it holds this much, what only says some of the same words over elsewhere is to be nearly as good. */
const coverageOfMost = 0.7;
const scoreShareOfSameWords = 0.9;
/** A sentence of another document that says less than this share of what the best one says of the question is about something else. */
const coverageShareElsewhere = 0.5;
/** A question in a text that shares so many words with the one that is asked is taken for the same, rare words or not. */
const shareOfSameQuestion = 0.5;
/** What counts of a sentence that holds no number where one is asked for, or no name. */
const otherKindShare = 0.7;
/** And of one without a name: who does something may be "the guild". */
const namelessShare = 0.85;
/** And of one that does not say what a thing is, where that is asked. */
const otherThanDefinitionShare = 0.85;
/** And of a row beside the one that holds the most, where that is asked for: less than what is quoted beside the best. */
const surpassedShare = 0.5;
/** And of one that says nothing but what the question says. */
const echoShare = 0.4;
/** What a heading counts where a question asks for what stands under one. */
const sectionShare = 1.35;
/** Rows of a table say the same of other things: only equals of the best one belong beside it. */
const rowShareMin = 0.9;
/**
 * What the words of earlier questions weigh together at most beside a question's own: the wound clock must not answer when somebody died. Of
 * follow-ups with a known answer, see docs/decisions/0346.
 */
const earlierShareMax = 0.5;
/** What counts of a sentence of the document that the conversation has named, where a question that stands alone does not say which is meant. */
const namedDocumentShare = 1.4;

/**
 * The sentences that answer a question best, when no model is there to write: by rare words of the question they hold,
 * by similarity, and by the rank of their passage. One to four, best first; neighbours are joined, and a short one takes
 * along what stands beside it.
 *
 * Measured on 1,190 questions with known answers in 240 paragraphs, with the built-in embedder (xquad-en in docs/evaluation.md): the first
 * stretch holds the answer for 92.8 %, one of the first three for 96.1 %, the best sentence by itself for 79.2 %. Before a short sentence took
 * anything along 90.0 % and 94.5 %; without regard to the kind of answer, to words said together and to how much the best one
 * holds, from six passages, 88.1 % and 92.9 %, with weak stretches after good ones.
 */
export async function quoteSentences(
  deps: Deps,
  scope: TwinScope,
  { passages, active, signal, ...input }: QuotedQuestion,
): Promise<QuotedStretch[]> {
  const { question, earlierQuestions } = standingQuestion(input.question, input.earlierQuestions);
  // By the scale that the search has judged the passages by; another model's similarities have their own.
  const embedder = active?.embedder ?? deps.embedder;
  const read = passages.slice(0, passagesReadMax);
  const candidates = read.flatMap(listSentences);
  const isLeaning = isFollowUp(question);
  const leansOn = isLeaning ? earlierQuestions : [];
  const [asked, trust, saidBy, similarities] = await Promise.all([
    findAskedQuestion(deps, scope, question, { earlierQuestions: leansOn }),
    trustInMeaning(embedder, question),
    listSaidWords(deps, scope, candidates),
    similaritiesTo({ ...deps, embedder }, scope, {
      questions: [question, ...leansOn],
      candidates: candidates.slice(0, sentencesEmbeddedMax[embedder.provider]),
      signal,
    }),
  ]);
  const weighted = weightWithin(asked, earlierShareMax);
  const surpassed = findSurpassed(
    question,
    candidates.filter(({ cells }) => cells.length > 0),
  );
  const isSectionAsked = asksForSection(question);
  const askedTogether = listNeighbouringWords(question);
  const isNamed = isLeaning ? () => false : namedBefore(question, earlierQuestions, read);
  const scored = candidates.map((candidate, index) => {
    const said = withoutOtherQuestion(saidBy(index), candidate, weighted);
    const evidence = {
      ...candidate,
      said,
      similarity: trust * (similarities[index] ?? 0),
      together: shareSaidTogether(askedTogether, candidate.text),
      passageScore: candidate.passage.score,
    };
    const { score, coverage } = scoreSentence(weighted, evidence);
    const kindShare = kindShareOf(question, candidate.text, said.own);
    const ownShare = surpassed.has(candidate) ? surpassedShare : kindShare;
    const isEcho = !candidate.isHeading && candidate.cells.length === 0 && echoesQuestion(question, candidate.text);
    const share = candidate.isHeading && isSectionAsked ? sectionShare : isEcho ? echoShare : ownShare;
    const named = isNamed(candidate.passage) ? namedDocumentShare : 1;
    return { ...candidate, words: said.own, coverage, score: named * share * score };
  });
  const chosen = chooseBest(scored, weighted).map((best) =>
    surpassed.size > 0 ? best : withTable(best, scored, weighted),
  );
  return joinStretches(chosen.map((best) => withContext(best, candidates)));
}

/** A sentence stands for the question before it only where that is much the same as the one that is asked. */
function withoutOtherQuestion(said: SaidWords, { cells }: Sentence, asked: WeightedWords): SaidWords {
  const words = new Set([...asked.values()].map(({ word }) => word));
  const shared = new Set([...asked].flatMap(([lexeme, { word }]) => (said.labels.has(lexeme) ? [word] : [])));
  const isOther = cells.length === 0 && shared.size < words.size * shareOfSameQuestion;
  return isOther ? { ...said, labels: new Set() } : said;
}

function kindShareOf(question: string, sentence: string, said: ReadonlySet<string>): number {
  const name = askedToDefine(question);
  const defined = name === undefined || defines(name, sentence) ? 1 : otherThanDefinitionShare;
  if (holdsKindOfAnswer(question, sentence, said)) return defined;
  return defined * (asksForPerson.test(question) ? namelessShare : otherKindShare);
}

function chooseBest(candidates: readonly Candidate[], asked: WeightedWords): Candidate[] {
  const ranked = candidates.toSorted((a, b) => b.score - a.score);
  const { score: bestScore, coverage } = ranked[0] ?? { score: 0, coverage: 0 };
  const scoreMin = bestScore * scoreShareMin;
  const scoreMinApart = coverage < coverageEnough ? scoreMin : bestScore * scoreShareBesideEnough;
  const chosen: Candidate[] = [];
  for (const candidate of ranked) {
    if (chosen.length === stretchesMax || candidate.score < scoreMin) break;
    const isApart = !chosen.some((other) => touches(candidate, other));
    if (isApart && candidate.score < scoreMinApart) continue;
    const isOfAnother = candidate.passage.documentId !== ranked[0]?.passage.documentId;
    if (isOfAnother && candidate.coverage < coverage * coverageShareElsewhere) continue;
    const isElsewhere = chosen.length > 0 && chosen.every(({ passage }) => passage !== candidate.passage);
    const isMeager = coverage >= coverageOfMost && candidate.score < bestScore * scoreShareOfSameWords;
    if (isElsewhere && isMeager && !saysMore(candidate, chosen, asked)) continue;
    if (candidate.cells.length > 0 && chosen.some((other) => isBetterRow(other, candidate))) continue;
    if (!chosen.some((other) => repeats(candidate, other))) chosen.push(candidate);
  }
  return chosen;
}

/** Whether a sentence says a word of the question that those before it do not. */
function saysMore({ words }: Candidate, before: readonly Candidate[], asked: WeightedWords): boolean {
  return [...asked.keys()].some((word) => words.has(word) && !before.some((other) => other.words.has(word)));
}

function isBetterRow(row: Candidate, { passage, labels, score }: Candidate): boolean {
  return row.passage === passage && row.labels === labels && score < row.score * rowShareMin;
}

/** A row of a small table of which none says anything of the question itself, but by what its columns are called: all of them are told. */
function withTable(chosen: Candidate, all: readonly Candidate[], asked: WeightedWords): Candidate {
  const { passage, labels, rowCount } = chosen;
  if (rowCount === 0 || rowCount > stretchesMax) return chosen;
  const rows = all.filter((other) => other.passage === passage && other.labels === labels);
  if (rows.some(({ words }) => [...asked.keys()].some((word) => words.has(word)))) return chosen;
  const [first, last] = [rows[0] ?? chosen, rows.at(-1) ?? chosen];
  return { ...chosen, range: { start: first.range.start, end: last.range.end } };
}

/** The same sentence again, from overlapping chunks or another copy, or one that says hardly anything else. */
function repeats(candidate: Candidate, other: Candidate): boolean {
  if (candidate.text === other.text) return true;
  const shared = [...candidate.words].filter((word) => other.words.has(word)).length;
  return shared >= 0.8 * Math.max(1, Math.min(candidate.words.size, other.words.size));
}

/** Empty when the embedder fails, or takes too long for somebody who waits: words alone then decide. */
async function similaritiesTo(
  deps: Deps,
  scope: TwinScope,
  {
    questions,
    candidates,
    signal,
  }: { questions: readonly string[]; candidates: readonly { text: string }[]; signal: AbortSignal },
): Promise<number[]> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(embeddingMsMax)]);
  try {
    const texts = candidates.map(({ text }) => text);
    const [asked, sentences] = await Promise.all([
      Promise.all(questions.map((text) => embedQuestionOnce(deps, scope, text, bounded))).then(mixDirections),
      deps.embedder.embed(texts, 'sentence', bounded),
    ]);
    return asked ? sentences.map((sentence) => cosine(asked, sentence)) : [];
  } catch (error) {
    signal.throwIfAborted();
    deps.logger.warn({ err: error }, 'Sentences could not be embedded; quoting by words alone');
    return [];
  }
}

function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    dot += value * other;
    squaresA += value * value;
    squaresB += other * other;
  }
  return squaresA === 0 || squaresB === 0 ? 0 : dot / Math.sqrt(squaresA * squaresB);
}
