import type { DocumentPage } from '@twin/api/views';
import type { AnswerOutcome, AnswerSource, Citation, UnsupportedClaim } from '@twin/core/chat/message-view';
import type { DocumentView, IngestionView } from '@twin/core/documents/document-view';
import type { SitePages } from '@twin/core/documents/list-site-pages';
import type { UploadResult } from '@twin/core/documents/receive-upload';
import type { IngestionStage } from '@twin/db/schema';
import { z } from 'zod';
import type { ChatAnswer } from '../chat.ts';
import type { IngestAnswer } from '../ingest.ts';
import type { ErrorBody } from '../respond-with-error.ts';

/*
 * What the endpoints answer, as schemas. Each is typed as the very thing it describes: a field that is added there and
 * not here does not compile.
 */

/** One of a union's members: a member that is added to the union and not here does not compile. */
function oneOf<T extends string>(members: Record<T, true>) {
  return z.enum(Object.keys(members) as T[]);
}

const stage = oneOf<IngestionStage>({
  queued: true,
  reading: true,
  chunking: true,
  embedding: true,
  publishing: true,
  ready: true,
  failed: true,
  canceled: true,
  replaced: true,
});
const answerOutcome = oneOf<AnswerOutcome>({
  answered: true,
  quoted: true,
  'nothing-relevant': true,
  unsupported: true,
  'empty-library': true,
});
const outcome = z.enum(['created', 'duplicate', 'replaced']);
const sameAs = z.string().nullable().describe('Another document that reads the same, where there is one.');
const count = z.int().min(0);
const ingestionError = z.object({ code: z.string(), message: z.string(), stage }).nullable();

const ingestionView: z.ZodType<IngestionView> = z.object({
  versionId: z.int(),
  versionNumber: z.int(),
  stage,
  pageCount: count.nullable(),
  pagesRead: count,
  pictures: z
    .object({ recognised: count, toRecognise: count, textless: count })
    .describe('Pages or images without text of their own, and what became of them.'),
  metadata: z.record(z.string(), z.string()).describe('What the file says about itself.'),
  characterCount: count.nullable(),
  chunkCount: count.nullable(),
  chunksEmbedded: count,
  attempts: count,
  warnings: z.array(z.string()),
  error: ingestionError,
  remedy: z
    .enum(['retry', 'password'])
    .nullable()
    .describe('Of a failed or canceled one: what takes it in. Null where only another file would.'),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});

const documentView: z.ZodType<DocumentView> = z.object({
  id: z.string(),
  title: z.string(),
  fileName: z.string(),
  folder: z.string().nullable().describe('Where the file lay within the folder that was added.'),
  mediaType: z.string().nullable(),
  byteSize: count,
  origin: z.enum(['upload', 'rest', 'sample']),
  ingestion: ingestionView.describe('Of the newest version; an older one may still be answering.'),
  searchable: z.boolean().describe('Whether a version of this document answers questions now.'),
  tags: z.array(z.string()),
  collectionIds: z.array(z.guid()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const citation: z.ZodType<Citation> = z.object({
  number: z.int().min(1).describe('What the text shows as [1].'),
  documentId: z.string(),
  documentTitle: z.string(),
  versionId: z.int(),
  chunkId: z.int(),
  pageFrom: z.int().nullable(),
  pageTo: z.int().nullable(),
  pageKind: z.literal('slide').optional().describe('What its pages are called, where they are none.'),
  headingPath: z.array(z.string()),
  startOffset: count.describe("Where the quote starts in the version's text, in UTF-16 code units."),
  endOffset: count,
  quote: z.string(),
});

const unsupportedClaim: z.ZodType<UnsupportedClaim> = z.object({
  number: z.int().min(1).describe('What the text shows as [?1].'),
  claim: z.string(),
  quote: z.string().nullable().describe('What the model gave as proof, where it gave a quote.'),
  reason: oneOf<UnsupportedClaim['reason']>({
    uncited: true,
    'quote-not-found': true,
    'not-proven': true,
    'unknown-passage': true,
  }),
});

const source: z.ZodType<AnswerSource> = z.object({
  documentId: z.string(),
  documentTitle: z.string(),
  versionId: z.int(),
  chunkId: z.int(),
  pageFrom: z.int().nullable(),
  pageKind: z.literal('slide').optional(),
  headingPath: z.array(z.string()),
  startOffset: count,
  endOffset: count,
  excerpt: z.string().describe('Empty, as are title and headings, once the document was deleted for good.'),
  score: z.number(),
});

export const chatAnswer: z.ZodType<ChatAnswer> = z.object({
  message: z.object({
    role: z.literal('assistant'),
    content: z
      .string()
      .describe('Markdown with [1] for citation 1, and [?1] behind the first claim without a verified one.'),
  }),
  outcome: answerOutcome.nullable(),
  citations: z.array(citation),
  unsupported: z.array(unsupportedClaim).describe('Claims of the text that no verified citation stands behind.'),
  sources: z.array(source).describe('Every passage that was found, used or not.'),
  conversationId: z.guid(),
});

export const ingestAnswer: z.ZodType<IngestAnswer> = z.object({
  success: z
    .boolean()
    .describe('Whether each document is taken in: none failed, was canceled or was deleted meanwhile.'),
  ingestionId: z.guid(),
  documents: z.array(
    z.object({
      id: z.string(),
      outcome,
      sameAs,
      stage: z.union([stage, z.literal('deleted')]),
      chunkCount: count.nullable(),
      error: ingestionError,
    }),
  ),
  message: z.string(),
});

export const uploadAnswer: z.ZodType<UploadResult> = z.object({
  document: documentView.describe('What holds the content.'),
  outcome,
  sameAs,
});

export const sitePagesAnswer: z.ZodType<SitePages> = z.object({
  addresses: z.array(z.string()).describe('In the order of the site map, each once.'),
  beyondLimit: count.describe('Pages of this site that are more than are taken in at once.'),
  elsewhere: count.describe('Addresses of other sites, which are left out.'),
});

export const documentsAnswer: z.ZodType<DocumentPage> = z.object({
  documents: z.array(documentView),
  nextCursor: z.string().nullable().describe('Of the next page; null on the last one.'),
  totalCount: count.describe('On all pages.'),
});

export const documentAnswer = z.object({ document: documentView });

export const deleteAnswer = z.object({
  ids: z.array(z.string()),
  undoSeconds: count.describe('For so long the web app can bring it back.'),
});

export const errorAnswer: z.ZodType<ErrorBody> = z.object({
  error: z.object({
    code: z.string(),
    reason: z.string().nullable(),
    message: z.string().describe('Written for a person.'),
    requestId: z.string().describe("The server's log has more under this id."),
    retryAfterMs: z.number().nullable(),
    fieldErrors: z.record(z.string(), z.array(z.string())).nullable(),
  }),
});

export const sessionAnswer = z.object({
  access: z.enum(['local', 'signed-out', 'owner']),
  needsOwner: z.boolean(),
  user: z.object({ name: z.string(), email: z.string() }).exactOptional(),
});

export const successAnswer = z.object({ success: z.literal(true) });

export const apiKeyAnswer = z.looseObject({
  id: z.string(),
  name: z.string().nullable(),
  key: z.string().describe('Shown once: only its hash is kept.'),
});

export const healthAnswer = z.object({ status: z.literal('ok') });
export const readinessAnswer = z.object({
  status: z.enum(['ready', 'not-ready']),
  checks: z.record(z.string(), z.string()),
});
