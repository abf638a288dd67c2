import { createHash } from 'node:crypto';
import type { AnswerIdentity } from '../chat/answer-cache.ts';

interface AnswerKeyParts extends AnswerIdentity {
  reranker: string | undefined;
}

/** How the keys of all kept answers begin. */
export const answerKeyPrefix = 'answer:';
/** And those of all vectors of questions. */
export const questionEmbeddingKeyPrefix = 'question-embedding:';

/**
 * Every key of the cache is built here. The number goes up when what is kept under it, or how it is computed, changes:
 * what was kept before is then never found again and expires.
 */
export const cacheKeys = {
  questionEmbedding: (
    model: { provider: string; modelName: string; dimensions: number | undefined },
    question: string,
  ) => keyOf('question-embedding', 1, [model.provider, model.modelName, String(model.dimensions ?? ''), question]),
  chanceSimilarity: (modelId: number, sizeClass: number) =>
    keyOf('chance-similarity', 1, [String(modelId), String(sizeClass)]),
  adminFigures: () => keyOf('admin-figures', 1, []),
  vectorIndex: () => keyOf('vector-index', 2, []),
  answer: ({ question, history, persona, corpusVersion, filter, model, embeddingModel, reranker }: AnswerKeyParts) =>
    keyOf('answer', 4, [
      question.replaceAll(/\s+/g, ' ').trim(),
      JSON.stringify(history),
      JSON.stringify(persona),
      String(corpusVersion),
      JSON.stringify(filter ?? null),
      model.modelName,
      model.endpoint ?? '',
      String(model.contextTokens ?? ''),
      embeddingModel === undefined ? '' : `${embeddingModel.id} ${embeddingModel.provider} ${embeddingModel.name}`,
      reranker ?? '',
    ]),
};

/** Hashed: keys stay short, and a list of keys tells nobody what was asked. */
function keyOf(what: string, version: number, parts: readonly string[]): string {
  return `${what}:${version}:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}
