import { hash } from 'node:crypto';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { limits } from '../limits.ts';
import { createSiteMapReader } from './site-map-reader.ts';

/** Of a digest: enough that no two of the addresses that are read share it. */
const MARK_CHARACTERS = 16;

/** The pages of a site that its site map names. */
export interface SitePages {
  /** In the order of the site map, each once, as many as are taken in at once. */
  addresses: string[];
  /** Pages of this site that are more than that, of as many addresses as are read. */
  beyondLimit: number;
  /** Addresses of other sites, which are left out. */
  elsewhere: number;
}

/**
 * Finds the pages of the site that an address is of: by the site maps its `robots.txt` names, or the one at the usual place;
 * the address may also be that of a site map. One that ends in a folder (`/manual/`) asks for what is below it. Every request goes through
 * the same guard as that of a single page, one after another.
 *
 * @param signal ends the search; by itself it does so after `limits.siteMapsMsMax`.
 * @throws AppError `invalid-input` with the reason: no site map, one that takes too long, or as `WebPageSource.fetch`.
 */
export async function listSitePages(
  { webPages }: Pick<Deps, 'webPages'>,
  url: string,
  signal = AbortSignal.timeout(limits.siteMapsMsMax),
): Promise<SitePages> {
  const reader = createSiteMapReader(webPages, url, signal);
  try {
    return await findPages(reader);
  } catch (cause) {
    if (!signal.aborted) throw cause;
    throw new AppError(
      'invalid-input',
      `The site maps of “${reader.hostname}” did not come within ${limits.siteMapsMsMax / 1000} s. Try again later, or add its pages one by one.`,
      { reason: 'timed-out', cause },
    );
  }
}

async function findPages(reader: ReturnType<typeof createSiteMapReader>): Promise<SitePages> {
  const addresses: string[] = [];
  // Of what is only counted, a short mark is held: addresses may be long, and a site map may name very many.
  const seen = new Set<string>();
  let elsewhere = 0;
  for await (const address of reader.listAddresses()) {
    if (!reader.isOfSite(address)) elsewhere += 1;
    if (!reader.isOfSite(address) || !reader.isWanted(address)) continue;
    const mark = hash('sha256', address.href, 'base64').slice(0, MARK_CHARACTERS);
    if (!seen.has(mark) && addresses.length < limits.sitePagesMax) addresses.push(address.href);
    seen.add(mark);
  }
  if (seen.size === 0) throw reader.nothingFound();
  return { addresses, beyondLimit: seen.size - addresses.length, elsewhere };
}
