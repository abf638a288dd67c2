/** What a table is there for, as somebody sees it who wonders where the room goes. */
export type TableHolding = 'documents' | 'search' | 'answers' | 'limits' | 'jobs' | 'rest';

const holdings: Record<Exclude<TableHolding, 'rest'>, readonly string[]> = {
  documents: [
    'document',
    'document_version',
    'document_text',
    'document_tag',
    'blob',
    'blob_part',
    'collection',
    'collection_document',
  ],
  search: ['chunk', 'chunk_words', 'word', 'embedding_model', 'vector_index_setting'],
  answers: ['conversation', 'message', 'turn_event', 'token_usage'],
  limits: ['rate_bucket', 'rate_quota', 'rate_limits', 'rate_limit_setting', 'database_cache', 'cache_lease'],
  jobs: ['ingestion_metadata', 'model_change'],
};

/** @param name of a table, with its schema where that is not the product's own. */
export function holdingOf(name: string): TableHolding {
  if (name.startsWith('jobs.')) return 'jobs';
  if (name.startsWith('chunk_embedding_')) return 'search';
  for (const [holding, tables] of Object.entries(holdings)) {
    if (tables.includes(name)) return holding as TableHolding;
  }
  return 'rest';
}
