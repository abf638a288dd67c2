import { listHeadingStretches } from '@twin/db/queries/heading-stretches';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { Passage } from '../retrieval/passage.ts';

/** Passages with where headings stand in each. */
export async function markHeadings(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  passages: readonly Passage[],
): Promise<Passage[]> {
  const found = await listHeadingStretches(
    db,
    scope,
    passages.map(({ versionId, startOffset, endOffset }) => ({ versionId, startOffset, endOffset })),
  );
  return passages.map((passage, index) => ({ ...passage, headings: found[index] ?? [] }));
}
