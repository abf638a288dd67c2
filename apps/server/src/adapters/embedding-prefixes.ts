import type { Embedder } from '@twin/core/ports';

/** What a model was trained to find before a question and before a passage. */
export interface EmbeddingPrefixes {
  question: string;
  passage: string;
}

const searchInstruction = 'Represent this sentence for searching relevant passages: ';

/** By the models' own cards. The first that fits a name counts. */
const families: readonly (readonly [name: RegExp, prefixes: EmbeddingPrefixes | null])[] = [
  // Instruction-tuned e5 models want a task, which differs from one to the other.
  [/\be5\b.*(?:instruct|mistral)/i, null],
  [/\be5\b/i, { question: 'query: ', passage: 'passage: ' }],
  [/nomic-embed-text/i, { question: 'search_query: ', passage: 'search_document: ' }],
  [/\bbge-(?:small|base|large)-en\b/i, { question: searchInstruction, passage: '' }],
  [/mxbai-embed-large/i, { question: searchInstruction, passage: '' }],
];

/** What an embedder is asked for. */
type Purpose = Parameters<Embedder['embed']>[1];

/** What goes before a text of this purpose. */
export function prefixFor(prefixes: EmbeddingPrefixes | null, purpose: Purpose): string {
  return prefixes?.[purpose === 'question' ? 'question' : 'passage'] ?? '';
}

/** The prefixes of a model by its name; null where it wants none, or nobody knows it. */
export function embeddingPrefixes(model: string): EmbeddingPrefixes | null {
  return families.find(([name]) => name.test(model))?.[1] ?? null;
}
