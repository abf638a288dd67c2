/** What asks for something that an answer adds; "Do bees dance?" is answered by its own words. */
const asksForMore = /\b(?:who|whom|whose|what|which|when|where|why|how)\b/i;
/** With what a company's name ends in: whoever asks for the firm leaves it out. */
const sayNothing = new Set(
  'a an the of and or in on at for to is are was were s this that here inc ltd llc llp plc corp co gmbh ag'.split(' '),
);

/** Whether a sentence says nothing but what the question says: a firm's name over a report answers nothing about the firm. */
export function echoesQuestion(question: string, sentence: string): boolean {
  if (!asksForMore.test(question)) return false;
  const asked = new Set(wordsOf(question));
  const said = wordsOf(sentence).filter((word) => !sayNothing.has(word));
  return said.length > 0 && said.every((word) => asked.has(word));
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
