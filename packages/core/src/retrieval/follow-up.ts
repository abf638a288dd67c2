const leansOnEarlier =
  /^(?:and|but|so|also|then|what about|how about|what else|why|how so|really|more|go on|tell me more)\b|\b(?:it|its|they|them|their|this|that|these|those|he|him|his|she|her|there|one|ones|same|such|former|latter)\b/i;
const shortWordsMax = 3;

/**
 * Whether a question leans on what was asked before: it is very short, opens like a continuation or holds a pronoun.
 * Errs towards yes, since all that follows is that earlier words may count as well.
 */
export function isFollowUp(question: string): boolean {
  const words = question.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length <= shortWordsMax || (words.length <= 16 && leansOnEarlier.test(question.trim()));
}
