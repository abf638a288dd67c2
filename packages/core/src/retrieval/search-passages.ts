import type { TwinScope } from '@twin/db/scope';
import { type AskedScope, filterOf, resolveScope } from '../chat/answer-scope.ts';
import type { Deps } from '../deps.ts';
import type { Passage } from './passage.ts';
import { retrieve } from './retrieve.ts';

/**
 * The passages that a search of a part of the library finds, best first, and whether they may hold an answer.
 * @throws AppError `not-found` for a collection or a document that is not there.
 */
export async function searchPassages(
  deps: Deps,
  scope: TwinScope,
  { query: question, limit, scope: asked }: { query: string; limit: number; scope?: AskedScope },
): Promise<{ passages: Passage[]; relevant: boolean }> {
  const filter = filterOf(await resolveScope(deps, scope, asked));
  const { passages, relevant } = await retrieve(deps, scope, { question, limit, filter });
  return { passages, relevant };
}
