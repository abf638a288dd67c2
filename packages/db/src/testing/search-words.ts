import type { Db } from '../db.ts';
import { listQuestionWords } from '../queries/lexemes.ts';
import { findSearchRange } from '../queries/search-range.ts';
import { findChunksByWords, type WordMatch, type WordSearch } from '../queries/word-search.ts';
import type { TwinScope } from '../scope.ts';

/** The words of a question that some chunk holds, each weighted by its rarity alone. */
export async function askWords(db: Db, scope: TwinScope, question: string): Promise<Pick<WordSearch, 'words'>> {
  const { texts } = await listQuestionWords(db, scope, [question]);
  const words = (texts[0] ?? []).flatMap(({ id, chunkCount, rarity }) =>
    id === null ? [] : [{ id, chunkCount, weight: rarity }],
  );
  return { words };
}

/** The chunks that say most about a question's words, in all documents. */
export async function searchWords(
  db: Db,
  scope: TwinScope,
  { question, limit }: { question: string; limit: number },
): Promise<WordMatch[]> {
  const range = await findSearchRange(db, scope, undefined);
  return await findChunksByWords(db, scope, { ...(await askWords(db, scope, question)), range, limit });
}
