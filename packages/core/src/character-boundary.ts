/** The place in a text, or the one before it where it lies between the halves of a surrogate pair: no character is cut. */
export function characterBoundary(text: string, at: number): number {
  const isBetween = /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));
  return isBetween ? at - 1 : at;
}
