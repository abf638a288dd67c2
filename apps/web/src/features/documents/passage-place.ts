import { formatCount, formatNumber, formatPages } from '../../format.ts';
import type { DocumentText } from '../../views.ts';

type Chunk = DocumentText['chunks'][number];

/** "Passage 3 · p. 4 · Keeping bees › Winter · 12 % in · 900 characters"; of a presentation "slide 4". */
export function passagePlace(
  { ordinal, startOffset, endOffset, pageFrom, pageTo, headingPath }: Omit<Chunk, 'id' | 'enabled'>,
  { length }: Pick<DocumentText, 'length'>,
  pageKind: 'page' | 'slide',
): string {
  return [
    `Passage ${formatNumber(ordinal + 1)}`,
    formatPages(pageFrom, pageTo, pageKind),
    headingPath.join(' › '),
    `${Math.round((startOffset / Math.max(1, length)) * 100)} % in`,
    formatCount(endOffset - startOffset, 'character'),
  ]
    .filter(Boolean)
    .join(' · ');
}
