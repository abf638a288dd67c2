/** The place in a text, or the one before it where it lies between the halves of a surrogate pair: no character is cut. */
export function characterBoundary(text: string, at: number): number {
  const isBetween = /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));
  return isBetween ? at - 1 : at;
}

const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** No cluster that a person writes is longer, in UTF-16 units: a family of emoji takes 11, a flag of a region 14. */
const CLUSTER_CHARACTERS_MAX = 64;

/**
 * The last place up to `at` that parts no letter from its accents, and no emoji from what it is joined with.
 * @param from a place before it that does neither. What is longer than anything a person writes is cut.
 */
export function clusterBoundary(text: string, from: number, at: number): number {
  if (at >= text.length) return text.length;
  const cluster = clusters.segment(text.slice(from, at + CLUSTER_CHARACTERS_MAX)).containing(at - from);
  if (cluster === undefined || cluster.segment.length > CLUSTER_CHARACTERS_MAX) return characterBoundary(text, at);
  return from + cluster.index;
}

/** Whether what stands there belongs to the character before it: an accent, a joiner, the colour of an emoji. */
export function isPartOfCharacter(text: string, at: number): boolean {
  // Nothing below is, and this is asked of each word of a long text.
  return text.charCodeAt(at) >= 0x300 && /[\p{M}\p{Emoji_Modifier}\u200c\u200d]/uy.test(text.slice(at, at + 2));
}
