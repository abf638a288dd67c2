/**
 * How much a search by an embedding model's vectors counts beside the words. 1 for the three that were measured (MiniLM, mpnet, e5-small; the
 * table is in docs/evaluation.md) and for all that nothing is known of; for the bge class and the providers' own, which were not, what
 * models of a kind gain over BM25 on public sets, about 0.7 : 0.3.
 */
const strongWeight = 0.7 / 0.3;
const equalWeight = 1;

const strongModels =
  /text-embedding|\bbge\b|\be5\b(?!-small)|\bgte\b|nomic-embed|arctic-embed|mxbai|jina-embed|voyage|embed-(?:english|multilingual)|mistral-embed|gemini-embed|embeddinggemma|qwen\d?-embed|granite-embed|stella/i;

/** For a model that nothing but its name is known of. */
export function searchWeightOf(modelName: string): number {
  return strongModels.test(modelName) ? strongWeight : equalWeight;
}
