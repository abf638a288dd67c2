/**
 * The columns of every table as the migrations of this release leave them, apart by blanks, so that a database that was
 * changed in another way can be told. A test holds it against a migrated database.
 */
export const schemaColumns: Record<string, string> = {
  auth_account:
    'id accountId providerId userId accessToken refreshToken idToken accessTokenExpiresAt refreshTokenExpiresAt scope password createdAt updatedAt',
  auth_api_key:
    'id configId name start referenceId prefix key refillInterval refillAmount lastRefillAt enabled rateLimitEnabled rateLimitTimeWindow rateLimitMax requestCount remaining lastRequest expiresAt createdAt updatedAt permissions metadata',
  auth_session: 'id expiresAt token createdAt updatedAt ipAddress userAgent userId',
  auth_user: 'id name email emailVerified image createdAt updatedAt',
  auth_verification: 'id identifier value expiresAt createdAt updatedAt',
  blob: 'twin_id id state byte_size created_at',
  blob_part: 'twin_id blob_id part_number bytes',
  cache_lease: 'twin_id key holder expires_at',
  chunk:
    'twin_id id document_id version_id ordinal start_offset end_offset page_from page_to heading_path content token_count tsv vector_id metadata enabled embedded_sha256',
  chunk_words: 'twin_id chunk_id version_id words keys enabled',
  collection: 'twin_id id name created_at',
  collection_document: 'twin_id collection_id document_id',
  conversation: 'twin_id id title user_label created_at updated_at origin visitor_id share_link_id',
  database_cache: 'twin_id key value expires_at imported',
  document: 'twin_id id title origin live_version_id deleted_at created_at updated_at',
  document_tag: 'twin_id document_id tag',
  document_text: 'twin_id version_id canonical_text blocks start_offset',
  document_version:
    'twin_id id document_id version_number blob_id content_sha256 file_name media_type byte_size stage visibility failed_stage error_code error_message attempts page_count pages_read character_count chunk_count chunks_embedded warnings created_at started_at finished_at updated_at language pictures_recognised pictures_to_recognise pages_textless file_metadata crashes waited_ms waited_at folder',
  embedding_model: 'id provider name dimensions state created_at retired_at filled_at',
  evaluation_result: 'twin_id run_id ordinal question result',
  evaluation_run: 'twin_id id state settings hash measures error created_at finished_at',
  golden_question: 'twin_id id question history answerable expected answer_texts created_at',
  import_progress: 'twin_id source pass cursor done updated_at',
  imported_item: 'twin_id source item_id outcome target_id checksum pass expires_at',
  ingestion_metadata: 'twin_id id user_id document_count documents expires_at created_at',
  message:
    'twin_id id conversation_id ordinal role state text outcome citations sources error model heartbeat_at created_at updated_at unsupported usage from_cache model_skipped scope reserved_tokens',
  model_change: 'twin_id id kind model state embedded error created_at finished_at note',
  rate_bucket: 'twin_id key tat granted',
  rate_limit_setting: 'twin_id policy call_limit window_seconds algorithm',
  rate_limits: 'twin_id key count expires_at granted',
  rate_quota: 'twin_id key tat granted',
  share_link:
    'twin_id id name token_hash created_at expires_at revoked_at last_used_at questions questions_day questions_of_day',
  token_usage: 'twin_id day model answers prompt_tokens completion_tokens estimated_answers cost',
  turn_event: 'twin_id message_id sequence event created_at',
  twin: 'id name corpus_version created_at bio tone person strictness daily_tokens_max limits_version',
  vector_index_setting: 'is_only kind',
  word: 'twin_id lexeme id chunk_count',
};
