import { readFile } from 'node:fs/promises';
import { knownShare } from './known-share.ts';
import { cutWordPieces } from './word-pieces.ts';

const DIMENSIONS = 256;
const folder = new URL('static-model/', import.meta.url);

/** One vector per word piece, learned so that their mean points where a sentence model would point the whole text. */
export interface StaticModel {
  dimensions: number;
  /** A vector of length 1, the same for the same text. A text without words gets a direction all the same. */
  embed(text: string): Float32Array;
  /** Share of its letters in words that it has learned whole, 0 to 1: it is English that it has learned. */
  familiarity(text: string): number;
}

/** Reads the model that ships with the product: 29,524 pieces of 256 signed bytes, each row with a scale. */
export async function loadStaticModel(): Promise<StaticModel> {
  const [words, bytes] = await Promise.all([
    readFile(new URL('vocabulary.txt', folder), 'utf8'),
    readFile(new URL('vectors.bin', folder)),
  ]);
  const pieces = words.trimEnd().split('\n');
  const vocabulary = new Map(pieces.map((piece, index) => [piece, index]));
  const unknown = vocabulary.get('[UNK]');
  const scaleBytes = pieces.length * Float32Array.BYTES_PER_ELEMENT;
  if (unknown === undefined || bytes.byteLength !== scaleBytes + pieces.length * DIMENSIONS) {
    throw new Error('The built-in embedding model is damaged: its vocabulary and its vectors do not fit together');
  }
  // Copied: a Float32Array may only start where the buffer's offset is a multiple of four.
  const scales = new Float32Array(new Uint8Array(bytes.subarray(0, scaleBytes)).buffer);
  const rows = new Int8Array(bytes.buffer, bytes.byteOffset + scaleBytes, pieces.length * DIMENSIONS);

  return {
    dimensions: DIMENSIONS,
    embed: (text) => normalize(sumRows(cutWordPieces(text, vocabulary, unknown), scales, rows)),
    familiarity: (text) => knownShare(text, vocabulary),
  };
}

/** The sum points where the mean does; only the direction counts. */
function sumRows(pieces: readonly number[], scales: Float32Array, rows: Int8Array): Float32Array {
  const sum = new Float32Array(DIMENSIONS);
  for (const piece of pieces) {
    const scale = scales[piece] ?? 0;
    const start = piece * DIMENSIONS;
    for (let index = 0; index < DIMENSIONS; index += 1) {
      sum[index] = (sum[index] ?? 0) + scale * (rows[start + index] ?? 0);
    }
  }
  return sum;
}

/** A zero vector has no direction, and its cosine is not a number. */
function normalize(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  if (length === 0) {
    vector[0] = 1;
    return vector;
  }
  return vector.map((value) => value / length);
}
