import { type WeightedWords, weightedCoverage } from '../retrieval/question-words.ts';
import { isTableRow } from './is-table-row.ts';

/** Stems that a sentence is held against the question by. */
export interface SaidWords {
  own: ReadonlySet<string>;
  /** By the labels of a row's columns, or by the question that it stands behind. */
  labels: ReadonlySet<string>;
  /** By the heading of its section. */
  section: ReadonlySet<string>;
  /** By title and headings. */
  context: ReadonlySet<string>;
  /** By the sentences before and after. */
  beside: ReadonlySet<string>;
}

export interface SentenceEvidence {
  text: string;
  said: SaidWords;
  /** To the question, as far as it is to be trusted. */
  similarity: number;
  /** Share of the question's neighbouring words that stand beside each other here too. */
  together: number;
  /** Of the passage, 0 to 1. */
  passageScore: number;
}

export interface SentenceScore {
  score: number;
  /** Share of the question's words that it holds itself, or its labels do. */
  coverage: number;
}

/** What words of the question count in labels, in its section's heading, in title and headings, and in the sentences before and after, beside those of the sentence. */
const labelShare = 0.8;
const sectionShare = 0.6;
const contextShare = 0.4;
const besideShare = 0.3;

/**
 * How well a sentence answers a question: by rare words of it that the sentence holds, by those that it says together as they
 * were asked, by similarity, and by its passage.
 */
export function scoreSentence(question: WeightedWords, evidence: SentenceEvidence): SentenceScore {
  const { text, said, similarity, together, passageScore } = evidence;
  const { own, labels, section, context, beside } = said;
  const stated = new Set([...own, ...labels]);
  const held = weightedCoverage(question, own);
  const coverage = weightedCoverage(question, stated);
  // "It dances at noon" under the heading "Bees" is about bees, though less surely than a sentence that names them.
  const heldWith = (words: ReadonlySet<string>) =>
    weightedCoverage(question, new Set([...stated, ...words])) - coverage;
  const above = new Set([...context].filter((word) => !section.has(word)));
  const counted =
    held +
    labelShare * (coverage - held) +
    sectionShare * heldWith(section) +
    contextShare * heldWith(above) +
    besideShare * heldWith(beside);
  const evident = 0.5 * counted + 0.15 * together + 0.5 * Math.max(0, similarity) + 0.2 * passageScore;
  const score = wholenessOf(said, text) * evident;
  return { score, coverage };
}

const notedSource = /^(?:\d{1,3}\. )?\^ /;

/**
 * Headings, fragments and other questions repeat the question's words without answering it; so do captions, and the works that an
 * encyclopedia lists as its sources. A row of a
 * table is whole without a full stop, unless it is hardly more than its lines and has no labels.
 */
function wholenessOf({ own, labels }: SaidWords, text: string): number {
  if (isTableRow(text)) return labels.size > 0 || /[\p{L}\p{N}](?:.*[\p{L}\p{N}]){7}/su.test(text) ? 1 : 0.3;
  if (text.startsWith('Picture: ')) return 0.5;
  if (notedSource.test(text)) return 0.3;
  const end = text.replace(/["'”’»)*_]+$/, '');
  if (/[?？]$/.test(end)) return 0.3;
  return own.size < 4 || !/[.!。！]$/.test(end) ? 0.75 : 1;
}
