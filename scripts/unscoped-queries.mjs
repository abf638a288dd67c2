const ofServer = 'about the server';
const ofModels = 'all twins share the models and their tables';
const ofTable = 'of a whole table';

/**
 * Queries of the whole installation, which belongs to no twin: by file and function, with the reason. A function that is
 * added to such a file takes a scope like any other.
 *
 * @type {Record<string, Record<string, string>>}
 */
export const unscopedQueries = {
  'api-keys': { findApiKey: 'whose key it is comes out of the query' },
  'cache-durability': { findCacheDurability: ofTable, setCacheDurability: ofTable },
  'database-facts': { findDatabaseFacts: ofServer },
  'database-versions': { findDatabaseVersions: ofServer },
  'empty-space': { listEmptySpace: ofTable },
  'embedding-models': {
    activateEmbeddingModel: ofModels,
    createEmbeddingIndex: ofModels,
    createEmbeddingTable: ofModels,
    deleteUnfinishedEmbeddingModel: ofModels,
    deleteUnusedEmbeddingModels: ofModels,
    findActiveEmbeddingModel: ofModels,
    findLastRetiredEmbeddingModel: ofModels,
    listEmbeddingModels: ofModels,
    registerEmbeddingModel: ofModels,
    updateFilledAt: ofModels,
  },
  'first-statistics': { gatherFirstStatistics: ofTable },
  'index-builds': { listIndexBuilds: ofTable },
  'missing-columns': { listMissingColumns: ofServer },
  ping: { pingDatabase: ofServer },
  stats: { findDatabaseSize: ofServer, listTableSizes: ofTable },
  'index-build-memory': { raiseBuildMemory: ofTable },
  'vector-index': { findVectorIndex: ofTable, rebuildVectorIndex: ofTable },
  'vector-index-kind': { findVectorIndexKind: ofTable, updateVectorIndexKind: ofTable },
};
