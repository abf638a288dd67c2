import { estimateModelTokens } from '@twin/core/estimate-model-tokens';

/** Estimated by less, what words take is rounded up too often. */
const countedCharacters = 200;

/** Counts what a model writes, for an endpoint that takes no limit itself. `add` tells whether `tokensMax` is reached. */
export function createTokenBound(tokensMax: number): { add(text: string): boolean } {
  let tokens = 0;
  let uncounted = '';
  return {
    add(text) {
      uncounted += text;
      if (uncounted.length >= countedCharacters) {
        tokens += estimateModelTokens(uncounted);
        uncounted = '';
      }
      return tokens >= tokensMax;
    },
  };
}
