import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { chunkTokens } from '../documents/chunk-document.ts';
import { textToEmbed } from '../documents/text-to-embed.ts';
import type { SpentTokens } from '../ports.ts';
import type { Passage } from './passage.ts';

/** As many as one call to a model reads well. */
const rerankedMax = 20;
/** What a reranker that spends tokens reads and writes at most: passages as ingestion cuts English, with titles and headings, its rules, and its list. */
export const rerankedTokensMax = rerankedMax * (chunkTokens.max + 80) + 500;
/** A visitor waits this long for a better order; then the one that is there must do. */
const rerankMsMax = 8_000;
/** The reranker's order and the search's score count the same: either alone makes mistakes that the other does not. */
const rerankShare = 0.5;

export interface Reranked {
  /** Best first. */
  passages: Passage[];
  /** What the reranker read and wrote; undefined when it was not asked, failed, or spends no tokens. */
  spent: SpentTokens | undefined;
  /** It was asked, and its order is missing. */
  failed: boolean;
}

/**
 * The passages in the order of a reranker's opinion blended with their scores. Without a reranker, and when it fails, is
 * slow or says nothing that can be read, they stay as they are: it never costs an answer.
 *
 * @throws AppError `canceled` when the signal aborts.
 */
export async function rerank(
  { reranker, logger }: Pick<Deps, 'reranker' | 'logger'>,
  { question, passages, signal }: { question: string; passages: Passage[]; signal: AbortSignal | undefined },
): Promise<Reranked> {
  const judged = passages.slice(0, rerankedMax);
  if (reranker === undefined || judged.length < 2) return { passages, spent: undefined, failed: false };
  const deadline = AbortSignal.timeout(rerankMsMax);
  try {
    const texts = judged.map((passage) => textToEmbed(passage.documentTitle, passage));
    const { order, spent } = await reranker.rank(
      question,
      texts,
      signal ? AbortSignal.any([signal, deadline]) : deadline,
    );
    if (order === undefined) {
      logger.warn({ reranker: reranker.name }, 'The reranker gave no order; keeping the search’s');
    }
    return { passages: order === undefined ? passages : blend(passages, order), spent, failed: order === undefined };
  } catch (error) {
    if (signal?.aborted) throw new AppError('canceled', 'The search was stopped.', { cause: error });
    logger.warn({ error }, 'The passages could not be reranked; keeping the order of the search');
    return { passages, spent: undefined, failed: true };
  }
}

/** From 1 for the first one named, down to 0 for all that are not. */
function blend(passages: readonly Passage[], order: readonly number[]): Passage[] {
  const opinions = new Map(order.map((place, rank) => [place, 1 - rank / order.length]));
  return passages
    .map((passage, place) => {
      const score = (1 - rerankShare) * passage.score + rerankShare * (opinions.get(place) ?? 0);
      return { ...passage, score };
    })
    .toSorted((a, b) => b.score - a.score);
}
