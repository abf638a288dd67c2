/** They end as nouns of several things do. */
const verb = '(?:does|is|was|has|his|its|this|causes|makes|means|happens|needs|says|comes|goes|takes|costs)';
const asks = [
  String.raw`how (?:do|does|can|could|should|would|must) (?:i|we|you|one|they)\b`,
  String.raw`how to\b`,
  String.raw`(?:please )?(?:list|name|enumerate|show|give)\b(?! of\b)`,
  String.raw`what are\b`,
  String.raw`(?:what|which) (?:(?!${verb}\b)\p{L}+ )?(?!${verb}\b)\p{L}{3,}(?<!s)s\b`,
  String.raw`what (?:do|should|must) (?:i|we|you|one) (?:have to )?do\b`,
].map((pattern) => new RegExp(`(?:^|[.!?,;] |\\band )${pattern}`, 'iu'));

/**
 * Whether a question asks for steps or for several things ("How do I …", "Which languages …", "List the decisions"): what stands
 * under a heading together is the answer then, more than one sentence of it. English questions only.
 */
export function asksForSection(question: string): boolean {
  return asks.some((pattern) => pattern.test(question.trim()));
}
