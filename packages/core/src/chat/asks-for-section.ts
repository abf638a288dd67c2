const asks = [
  String.raw`how (?:do|does|can|could|should|would|must) (?:i|we|you|one|they)\b`,
  String.raw`how to\b`,
  String.raw`(?:please )?(?:list|name|enumerate|show|give)\b`,
  String.raw`what are\b`,
  String.raw`(?:what|which) (?:\p{L}+ )?\p{L}{3,}(?<!s)s\b`,
  String.raw`what (?:do|should|must) (?:i|we|you|one) (?:have to )?do\b`,
].map((pattern) => new RegExp(`(?:^|[.!?,;] |\\band )${pattern}`, 'iu'));

/**
 * Whether a question asks for steps or for several things ("How do I …", "Which languages …", "List the decisions"): what stands
 * under a heading together is the answer then, more than one sentence of it. English questions only.
 */
export function asksForSection(question: string): boolean {
  return asks.some((pattern) => pattern.test(question.trim()));
}
