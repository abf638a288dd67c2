/** A deterministic unit vector: texts that share words point the same way, so nearest-neighbour tests mean something. */
export function bagOfWordsVector(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0);
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    let hash = fnv1a(word);
    for (let round = 0; round < 4; round++) {
      const position = hash % dimensions;
      vector[position] = (vector[position] ?? 0) + ((hash >>> 16) & 1 ? 1 : -1);
      hash = fnv1a(`${word}${round}`);
    }
  }
  const length = Math.hypot(...vector);
  if (length === 0) vector[0] = 1;
  return length === 0 ? vector : vector.map((value) => value / length);
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
