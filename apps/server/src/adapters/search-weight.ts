/**
 * How much a search by an embedding model's vectors counts beside BM25, by what models of a kind gain over it on public sets:
 * of the bge class and the providers' own about 0.7 : 0.3; others are taken for the equal of the words. Starting values.
 */
const strongWeight = 0.7 / 0.3;
const equalWeight = 1;

const strongModels =
  /text-embedding|\bbge\b|\be5\b|\bgte\b|nomic-embed|arctic-embed|mxbai|jina-embed|voyage|embed-(?:english|multilingual)|mistral-embed|gemini-embed|embeddinggemma|qwen\d?-embed|granite-embed|stella/i;

/** For a model that nothing but its name is known of. */
export function searchWeightOf(modelName: string): number {
  return strongModels.test(modelName) ? strongWeight : equalWeight;
}
