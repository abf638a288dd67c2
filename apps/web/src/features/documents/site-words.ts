import { formatCount, formatNumber } from '../../format.ts';

interface FoundPages {
  found: number;
  /** What the site map names beyond what is added at once. */
  beyondLimit: number;
  elsewhere: number;
}

/** What a site map names, in words. */
export function foundPages({ found, beyondLimit, elsewhere }: FoundPages): string {
  const pages =
    beyondLimit === 0
      ? formatCount(found, 'page')
      : `more pages than are added at once: the first ${formatNumber(found)} of ${formatNumber(found + beyondLimit)}`;
  const others = formatCount(elsewhere, 'of another site is', 'of other sites are');
  return `The site map names ${pages}.${elsewhere > 0 ? ` ${others} left out.` : ''}`;
}

/** What is left of a site whose adding was cut short, in words. */
export function leftPages({ addresses, total }: { addresses: readonly string[]; total: number }): string {
  const [first = ''] = addresses;
  const host = URL.parse(first)?.hostname ?? first;
  const left =
    addresses.length === total
      ? formatCount(total, 'page')
      : `${formatNumber(addresses.length)} of ${formatCount(total, 'page')}`;
  return `${left} of ${host} ${addresses.length === 1 ? 'is' : 'are'} not added yet.`;
}
