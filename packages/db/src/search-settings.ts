/**
 * Session settings of every connection: how far an approximate search looks, and that it goes on when a filter leaves too
 * few. Looking half as far, an `hnsw` index of a million vectors lost all of the nearest ten of one question in forty (bench/vectors.md).
 * Twenty lists of an `ivfflat` index find .95 of the nearest ten or more from 100 lists to 1,000.
 *
 * In a file of its own, so that the embedded database's thread loads nothing else.
 */
export const SEARCH_SETTINGS = {
  'hnsw.ef_search': '200',
  'hnsw.iterative_scan': 'relaxed_order',
  'ivfflat.probes': '20',
  'ivfflat.iterative_scan': 'relaxed_order',
} as const;
