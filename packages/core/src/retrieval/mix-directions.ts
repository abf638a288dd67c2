/** How much the direction of an earlier question counts, the last one first, each further back 0.6 of the one after it. */
const earlierShare = 0.3;
const earlierDecay = 0.6;

/** The sum of directions: of a question, and of earlier ones by their share. Undefined without the first. */
export function mixDirections([own, ...earlier]: readonly (Float32Array | undefined)[]): Float32Array | undefined {
  if (own === undefined || earlier.length === 0) return own;
  const length = Math.hypot(...own) || 1;
  const mixed = own.map((value) => value / length);
  for (const [age, vector] of earlier.entries()) {
    if (vector?.length !== own.length) continue;
    const share = (earlierShare * earlierDecay ** age) / (Math.hypot(...vector) || 1);
    for (const [index, value] of vector.entries()) mixed[index] = (mixed[index] ?? 0) + share * value;
  }
  return mixed;
}
