/** Bounds that two or more doors share. Each error that quotes one reads it from here. */
export const limits = {
  uploadBytesMax: 512 * 1024 * 1024,
  jsonBodyBytesMax: 8 * 1024 * 1024,
  ingestDocumentsMax: 100,
  ingestContentCharactersMax: 2_000_000,
  questionCharactersMax: 8_000,
  historyMessagesMax: 100,
  /** Open at once. */
  shareLinksMax: 100,
  shareLinkNameCharactersMax: 80,
  /** Answers being written to one visitor: in two tabs. */
  visitorAnswersAtOnceMax: 2,
  /** To all visitors of a twin, in all processes: each holds a request to the model. */
  visitorsAnswersAtOnceMax: 8,
  /** Open connections, in one process, on which a visitor follows answers: a few pages, and some that broke off unnoticed. */
  visitorWatchesMax: 4,
  visitorWatchesOfAddressMax: 20,
  /** A visitor's answer ends by then, as it takes one of those few places. The owner's may go on: a slow model is their own choice. */
  visitorAnswerMsMax: 5 * 60 * 1000,
  documentIdCharactersMax: 200,
  titleCharactersMax: 300,
  personaNameCharactersMax: 80,
  personaBioCharactersMax: 1_000,
  personaToneCharactersMax: 120,
  dailyTokensMax: 1_000_000_000,
  fileNameCharactersMax: 255,
  folderCharactersMax: 1_000,
  filePasswordCharactersMax: 127,
  searchResultsMax: 50,
  canonicalCharactersMax: 20_000_000,
  /** Of a CSV or TSV file, which is read, kept and cut as a stream. */
  tableCharactersMax: 250_000_000,
  /** A text is stored in parts of about so many: one is in memory at a time, and one is read to show a passage. */
  textPartCharacters: 250_000,
  /** Of a document's text at once, for those who read on in it. */
  shownCharactersMax: 500_000,
  pagesMax: 5_000,
  readDurationMsMax: 10 * 60 * 1000,
  readMemoryMbMax: 1024,
  /** One page, that somebody waits for. */
  drawDurationMsMax: 30_000,
  /** As it is sent; of a large scan about half of one. */
  pagePictureBytesMax: 4 * 1024 * 1024,
  pageWordsMax: 20_000,
  pageWordCharactersMax: 1_000,
  /** Of all its words. */
  pageCharactersMax: 500_000,
  webAddressCharactersMax: 2_000,
  webPageBytesMax: 32 * 1024 * 1024,
  webPageMsMax: 30_000,
  webRedirectsMax: 5,
  /** Pages of one site that are taken in at once. */
  sitePagesMax: 300,
  /** Files that are asked of a site to find its pages. */
  siteMapsMax: 50,
  /** Addresses that are read from all of them. */
  siteAddressesMax: 50_000,
  /** For all of them together. */
  siteMapsMsMax: 60_000,
  recognisedPagesMax: 500,
  recognitionMsMax: 60 * 60 * 1000,
  /** Files in one upload, those inside of archives in it included. */
  filesInUploadMax: 10_000,
  /** After inflating, over everything in one upload. The text of a 500-page report has about 10 MB of XML. */
  inflatedMbMin: 200,
  /** Large archives hold photographs, scans and documents, which hardly shrink; text shrinks to a quarter. */
  inflatedRatioMax: 4,
  /** Tries at one stage that end by the document's own doing. */
  ingestCrashesMax: 3,
  /** Servers that die with a document in hand at one stage, which is hardly ever its doing. */
  ingestAttemptsMax: 10,
  /** A model that asks for more patience is asked again after this: it may have been restarted, or have meant milliseconds. */
  retryAfterMsMax: 60 * 60 * 1000,
  documentsAtOnceMax: 500,
  collectionNameCharactersMax: 80,
  tagCharactersMax: 40,
  tagsAtOnceMax: 20,
  /** How long a deleted document can be brought back for certain. */
  undoDeleteSeconds: 10,
  goldenQuestionsMax: 2_000,
  /** Documents, answer texts or earlier turns of one golden question. */
  goldenExpectedMax: 100,
} as const;
