const opensAsContinuation =
  /^(?:and|but|so|also|then|what about|how about|what else|why|how so|really|more|go on|tell me more|oops|sorry|thanks|thank you|ok|okay|yes|no|right|great|well)\b/i;
const pointsBack =
  /\b(?:it|its|they|them|their|this|that|these|those|he|him|his|she|her|there|one|ones|same|such|former|latter|you said|you mentioned|you told|you mean|i mean|i meant)\b/i;
const shortWordsMax = 3;

/**
 * Whether a question leans on what was asked before: it is very short, opens like a continuation, holds a pronoun or
 * speaks of what was said. Errs towards yes: earlier words may count as well then, and the gate is as open as for them.
 */
export function isFollowUp(question: string): boolean {
  const words = question.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length <= shortWordsMax || opensAsContinuation.test(question.trim())) return true;
  return words.length <= 16 && pointsBack.test(question);
}
