import type { Embedder } from '../ports.ts';

/** Below the first, a question is in a language that the model has not learned; from the second on in one that it has. */
const strange = 0.35;
const familiar = 0.6;

/**
 * How much of what a model takes for alike counts for a question, 0 to 1. To one that has learned English only, texts of any
 * other script are all alike (cosines of 0.9 and more in Arabic, Chinese, Russian, whatever they say).
 */
export async function trustInMeaning(
  { familiarity }: Pick<Embedder, 'familiarity'>,
  question: string,
): Promise<number> {
  if (familiarity === undefined) return 1;
  return Math.min(1, Math.max(0, ((await familiarity(question)) - strange) / (familiar - strange)));
}
