import type { RunComparison } from '../../views.ts';

type ComparedSetting = RunComparison['changedSettings'][number];

const words: Record<ComparedSetting, string> = {
  code: 'the program',
  library: 'the documents',
  persona: 'the persona',
  databaseHome: 'the database',
  embedder: 'the embedding model',
  embedderProvider: 'the embedding model',
  embedderEndpoint: 'the embedding model',
  embedderDimensions: 'the embedding model',
  embedderDigest: 'the embedding model',
  chunkTokens: 'the length of passages',
  reranker: 'the reranker',
  chatModel: 'the chat model',
  chatEndpoint: 'the chat model',
  chatContextTokens: 'the chat model',
};

/** Why two runs may differ, beside their questions. */
export function settingWords(changed: readonly ComparedSetting[]): string {
  const named = [...new Set(changed.map((name) => words[name]))];
  if (named.length === 0) return 'Program, documents, models and persona were the same.';
  return `Changed between them: ${named.join(', ')}.`;
}
