/** Whether a question is a single letter or digit ("x", "5?"): a slip of the hand. Elsewhere than in alphabets, one is a word. */
export function isOneCharacter(question: string): boolean {
  return /^[^\p{L}\p{N}]*(?:\p{N}|[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])[^\p{L}\p{N}]*$/u.test(
    question,
  );
}
