const passagePattern = /<passage number="(\d+)"[^>]*>\n?([\s\S]*?)<\/passage>/g;
const wordPattern = /[\p{L}\p{N}]{3,}/gu;

/**
 * What an obedient model would say: from each of the best three passages in the prompt the sentence that shares most
 * words with the last message, cited as `[n]`. Says that the passages hold nothing when no word is shared.
 */
export function groundedAnswer(messages: readonly string[]): string {
  const asked = wordsOf((messages.at(-1) ?? '').replaceAll(passagePattern, ''));
  const quotes = [...messages.join('\n').matchAll(passagePattern)]
    .map(([, number, content]) => ({ number: Number(number), ...bestSentence(content ?? '', asked) }))
    .filter((quote) => quote.shared > 0)
    .toSorted((a, b) => b.shared - a.shared || a.number - b.number)
    .slice(0, 3);
  if (quotes.length === 0) return 'The passages do not hold an answer to that.';
  return quotes.map(({ sentence, number }) => `${sentence.replace(/[.!?]+$/, '')} [${number}].`).join(' ');
}

function bestSentence(content: string, asked: Set<string>): { sentence: string; shared: number } {
  let best = { sentence: '', shared: 0 };
  for (const raw of content.split(/(?<=[.!?])\s+|\n+/)) {
    // The document's own bracketed numbers would read as citations.
    const sentence = raw.replace(/\[[\d\s,;–-]+\]/g, '').trim();
    const shared = [...wordsOf(sentence)].filter((word) => asked.has(word)).length;
    if (shared > best.shared) best = { sentence, shared };
  }
  return best;
}

/** Five letters stand in for a stem: "photosynthesis" and "photosynthetic" count as one word. */
function wordsOf(text: string): Set<string> {
  return new Set([...text.toLowerCase().matchAll(wordPattern)].map(([word]) => word.slice(0, 5)));
}
