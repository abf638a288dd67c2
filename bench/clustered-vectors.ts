import { createSeededRandom } from '@twin/core/evaluation/seeded-random';

/**
 * Seeded vectors in clusters, as embeddings of related texts lie: `intrinsic` random directions span the space, each
 * cluster has a centre in it, and each vector stands around its centre. Latency and size transfer to real data; recall
 * does so only roughly.
 */
export function createClusteredVectors(options: { dimensions: number; clusters: number; seed: number }) {
  const { dimensions, clusters } = options;
  const random = createSeededRandom(options.seed);
  const intrinsic = 48;
  const basis = Array.from({ length: intrinsic }, () => gaussians(dimensions, random));
  const centres = Array.from({ length: clusters }, () => gaussians(intrinsic, random));

  /** What stands so far from the origin. */
  const pointAt = (weights: Float32Array, distance: number): Float32Array => {
    const vector = new Float32Array(dimensions);
    for (const [index, axis] of basis.entries()) {
      const weight = weights[index] ?? 0;
      for (let at = 0; at < dimensions; at += 1) vector[at] = (vector[at] ?? 0) + weight * (axis[at] ?? 0);
    }
    const length = Math.hypot(...vector) / distance;
    return vector.map((component) => component / length);
  };

  return {
    next: (): Float32Array => {
      const centre = centres[Math.floor(random() * clusters)] ?? new Float32Array(intrinsic);
      const noise = gaussians(intrinsic, random);
      return pointAt(
        noise.map((value, index) => (centre[index] ?? 0) + spread * value),
        1,
      );
    },
    /** Added to a vector, it makes another one of the same cluster, as far from it as two of a cluster are. */
    noise: (): Float32Array => pointAt(gaussians(intrinsic, random), spread / Math.hypot(1, spread)),
  };
}

/** How far vectors stand around their centre, by how far centres stand around the origin. */
const spread = 0.6;

function gaussians(count: number, random: () => number): Float32Array {
  // Box and Muller.
  return Float32Array.from({ length: count }, () => {
    return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  });
}
