/** Bounds that two or more doors share. Each error that quotes one reads it from here. */
export const limits = {
  uploadBytesMax: 512 * 1024 * 1024,
  jsonBodyBytesMax: 8 * 1024 * 1024,
  ingestDocumentsMax: 100,
  ingestContentCharactersMax: 2_000_000,
  questionCharactersMax: 8_000,
  historyMessagesMax: 100,
  documentIdCharactersMax: 200,
  titleCharactersMax: 300,
  fileNameCharactersMax: 255,
  searchResultsMax: 50,
  canonicalCharactersMax: 20_000_000,
  pagesMax: 5_000,
  readDurationMsMax: 10 * 60 * 1000,
  readMemoryMbMax: 1024,
  ingestAttemptsMax: 3,
  documentsAtOnceMax: 500,
  collectionNameCharactersMax: 80,
  tagCharactersMax: 40,
  tagsAtOnceMax: 20,
  /** How long a deleted document can be brought back for certain. */
  undoDeleteSeconds: 10,
} as const;
