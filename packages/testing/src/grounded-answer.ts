const passagePattern = /<passage number="(\d+)"[^>]*>\n?([\s\S]*?)<\/passage>/g;
/** Enough to prove a claim; more would be copying. */
const quoteWordsMax = 8;
const wordPattern = /[\p{L}\p{N}]{3,}/gu;

/**
 * What an obedient model would say: from each of the best three passages in the prompt the sentence that shares most
 * words with the last message, cited by its id and its first words: `[2.1 "as it stands"]`. Says that the passages hold
 * nothing when no word is shared.
 */
export function groundedAnswer(messages: readonly string[]): string {
  const asked = wordsOf((messages.at(-1) ?? '').replaceAll(passagePattern, ''));
  const quotes = [...messages.join('\n').matchAll(passagePattern)]
    .map(([, number, content]) => ({ number: Number(number), ...bestSentence(content ?? '', asked) }))
    .filter((quote) => quote.shared > 0)
    .toSorted((a, b) => b.shared - a.shared || a.number - b.number)
    .slice(0, 3);
  if (quotes.length === 0) return 'The passages do not hold an answer to that.';
  return quotes
    .map(({ sentence, number, id }) => `${sentence.replace(/[.!?]+$/, '')} ${markerOf(number, id, sentence)}.`)
    .join(' ');
}

function markerOf(number: number, id: string | undefined, sentence: string): string {
  const quote = sentence.split(/\s+/).slice(0, quoteWordsMax).join(' ').replaceAll('"', '');
  return id === undefined ? `[${number}]` : `[${id} "${quote}"]`;
}

interface FoundSentence {
  sentence: string;
  /** Absent when the prompt numbers no sentences. */
  id?: string | undefined;
  shared: number;
}

function bestSentence(content: string, asked: Set<string>): FoundSentence {
  let best: FoundSentence = { sentence: '', shared: 0 };
  for (const raw of content.split(/(?<=[.!?])\s+(?!\[\d+\.\d+\] )|\n+|(?=\[\d+\.\d+\] )/)) {
    const id = /^\[(\d+\.\d+)\] /.exec(raw)?.[1];
    // The document's own bracketed numbers would read as citations.
    const sentence = raw.replace(/\[[\d\s,;.–-]+\]/g, '').trim();
    const shared = [...wordsOf(sentence)].filter((word) => asked.has(word)).length;
    if (shared > best.shared) best = { sentence, id, shared };
  }
  return best;
}

/** Five letters stand in for a stem: "photosynthesis" and "photosynthetic" count as one word. */
function wordsOf(text: string): Set<string> {
  return new Set([...text.toLowerCase().matchAll(wordPattern)].map(([word]) => word.slice(0, 5)));
}
