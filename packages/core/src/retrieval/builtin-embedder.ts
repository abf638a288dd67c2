import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Embedder } from '../ports.ts';

const DIMENSIONS = 384;
/** Longest time the event loop waits for the embedder, in milliseconds. */
const TURN_MS_MAX = 8;
/** A whole word says more than any of its parts, and it has about ten of them. */
const WEIGHTS = { word: 1, gram: 0.25 } as const;

/**
 * An embedder that needs no key, no download and no model file: it hashes words and parts of words into 384 dimensions.
 * Texts that share words, also inflected or misspelt ones, come out close; it knows nothing of meaning, so synonyms do not.
 */
export function createBuiltinEmbedder(): Embedder {
  return {
    provider: 'builtin',
    modelName: 'hashed-ngrams-v1',
    dimensions: DIMENSIONS,
    batchMax: 64,
    async embed(texts, _purpose, signal) {
      const vectors: Float32Array[] = [];
      let turnStarted = performance.now();
      for (const text of texts) {
        if (performance.now() - turnStarted > TURN_MS_MAX) {
          await nextTurn();
          signal?.throwIfAborted();
          turnStarted = performance.now();
        }
        vectors.push(hashText(text));
      }
      return vectors;
    },
  };
}

/**
 * Signed feature hashing (Weinberger et al., 2009): each feature adds to one dimension, or subtracts, as its hash says, so
 * collisions cancel out on average. Counts are damped by a logarithm; the result has length 1.
 */
export function hashText(text: string): Float32Array {
  const features = countFeatures(text);
  const vector = new Float32Array(DIMENSIONS);
  for (const [hash, { count, weight }] of features) {
    const sign = hash >>> 31 === 0 ? 1 : -1;
    const dimension = (hash & 0x7fffffff) % DIMENSIONS;
    vector[dimension] = (vector[dimension] ?? 0) + sign * weight * (1 + Math.log(count));
  }
  return normalize(vector);
}

interface Feature {
  count: number;
  weight: number;
}

function countFeatures(text: string): Map<number, Feature> {
  const features = new Map<number, Feature>();
  const add = (hash: number, weight: number): void => {
    const feature = features.get(hash);
    if (feature === undefined) features.set(hash, { count: 1, weight });
    else feature.count += 1;
  };
  for (const [word] of foldCase(text).matchAll(/[\p{L}\p{N}]+/gu)) {
    if (functionWords.has(word)) continue;
    add(hashRange(stem(word), 0, 0x811c9dc5), WEIGHTS.word);
    const marked = `<${word}>`;
    for (let size = 3; size <= 5; size += 1) {
      for (let start = 0; start + size <= marked.length; start += 1) {
        add(hashRange(marked, start, 0x2f0b4c47, start + size), WEIGHTS.gram);
      }
    }
  }
  return features;
}

function foldCase(text: string): string {
  return text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
}

/** Cuts the commonest English endings; the word parts do the rest. */
function stem(word: string): string {
  if (word.length < 5) return word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word;
  return word.replace(/(?:ies|ied)$/, 'y').replace(/(?:ing|edly|ed|ly|es|s)$/, '');
}

/** FNV-1a over UTF-16 code units. */
function hashRange(text: string, start: number, seed: number, end = text.length): number {
  let hash = seed;
  for (let index = start; index < end; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** A text without features still needs a direction: the cosine of a zero vector is not a number. */
function normalize(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  if (length === 0) {
    vector[0] = 1;
    return vector;
  }
  return vector.map((value) => value / length);
}

/** Words that say nothing about what a text is about. */
const functionWords = new Set(
  `
    a about after all also an and any are as at be because been before but by can could did do does for from had has have
    he her his how i if in into is it its me more most my no not of on only or other our out over she should so some such
    than that the their them then there these they this those to up was we were what when where which who why will with
    would you your
  `
    .trim()
    .split(/\s+/),
);
