import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { limits } from '../limits.ts';
import { createSiteMapReader } from './site-map-reader.ts';

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
  const found = new Set<string>();
  let elsewhere = 0;
  for await (const address of reader.listAddresses()) {
    if (!reader.isOfSite(address)) elsewhere += 1;
    else if (reader.isWanted(address)) found.add(address.href);
  }
  if (found.size === 0) throw reader.nothingFound();
  const addresses = [...found].slice(0, limits.sitePagesMax);
  return { addresses, beyondLimit: found.size - addresses.length, elsewhere };
}
