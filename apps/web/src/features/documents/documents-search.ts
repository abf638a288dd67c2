import type { DocumentListInput } from '../../views.ts';

const states = ['ready', 'working', 'failed', 'canceled'] as const;
const orders = ['newest', 'oldest', 'title', 'largest'] as const;

/** What the list shows, as it stands in the address: a filtered list can be kept and shared. */
export interface DocumentsSearch {
  text?: string;
  state?: (typeof states)[number];
  collection?: string;
  tag?: string;
  order?: (typeof orders)[number];
}

/** Whatever an address holds that means nothing here is left out. */
export function parseDocumentsSearch(search: Record<string, unknown>): DocumentsSearch {
  const { text, collection, tag } = search;
  const state = states.find((name) => name === search['state']);
  const order = orders.find((name) => name === search['order']);
  return {
    ...(typeof text === 'string' && text.trim() !== '' && { text: text.slice(0, 300) }),
    ...(state !== undefined && { state }),
    ...(typeof collection === 'string' && isUuid.test(collection) && { collection }),
    ...(typeof tag === 'string' && tag.trim() !== '' && { tag: tag.slice(0, 40) }),
    ...(order !== undefined && order !== 'newest' && { order }),
  };
}

const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isFiltered({ text, state, collection, tag }: DocumentsSearch): boolean {
  return [text, state, collection, tag].some((condition) => condition !== undefined);
}

/** The same, as the server takes it. */
export function toListInput({ text, state, collection, tag, order }: DocumentsSearch): DocumentListInput {
  const filter = {
    ...(text !== undefined && { text: text.trim() }),
    ...(state !== undefined && { state }),
    ...(collection !== undefined && { collectionId: collection }),
    ...(tag !== undefined && { tags: [tag] }),
  };
  return {
    limit: 100,
    ...(order !== undefined && { order }),
    ...(Object.keys(filter).length > 0 && { filter }),
  };
}
