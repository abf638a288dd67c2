import { listCollections as listCollectionRows } from '@twin/db/queries/collections';
import { listTags } from '@twin/db/queries/document-tags';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';

export interface LibraryParts {
  /** By name. */
  collections: { id: string; name: string; documentCount: number }[];
  /** Every tag in use, by name. */
  tags: { tag: string; documentCount: number }[];
}

/** The parts that the library's owner has made of it. */
export async function listCollections({ db }: Deps, scope: TwinScope): Promise<LibraryParts> {
  const [collections, tags] = await Promise.all([listCollectionRows(db, scope), listTags(db, scope)]);
  return { collections, tags };
}
