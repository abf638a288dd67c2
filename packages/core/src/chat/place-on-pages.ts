import { listPageStretches, type PageStretch } from '@twin/db/queries/page-stretches';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { Passage } from '../retrieval/passage.ts';

/**
 * Passages with where each of their pages begins and ends, so that a quote of one is cited by its own page. Those on one
 * page, or of a document without pages, need none and stay as they are.
 */
export async function placeOnPages(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  passages: readonly Passage[],
): Promise<Passage[]> {
  const spread = passages.filter(({ pageFrom, pageTo }) => pageFrom !== pageTo);
  const found = await listPageStretches(db, scope, spread);
  return passages.map((passage) => {
    const pages = found[spread.indexOf(passage)] ?? [];
    return pages.length === 0 ? passage : { ...passage, pages, ...pageSpan(pages, passage) };
  });
}

/** The first and the last page that a stretch of a text touches. */
export function pageSpan(
  pages: readonly PageStretch[],
  { startOffset, endOffset }: { startOffset: number; endOffset: number },
): { pageFrom: number; pageTo: number } | undefined {
  const touched = pages.filter((page) => page.startOffset < endOffset && page.endOffset > startOffset);
  const [first] = touched;
  const last = touched.at(-1);
  return first && last && { pageFrom: first.page, pageTo: last.page };
}
