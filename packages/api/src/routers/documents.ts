import { cancelIngestion } from '@twin/core/documents/cancel-ingestion';
import { deleteDocument } from '@twin/core/documents/delete-document';
import type { DocumentView } from '@twin/core/documents/document-view';
import { getDocument } from '@twin/core/documents/get-document';
import { type DocumentText, getDocumentText } from '@twin/core/documents/get-document-text';
import { listDocuments } from '@twin/core/documents/list-documents';
import { loadSamples } from '@twin/core/documents/load-samples';
import { retryDocument } from '@twin/core/documents/retry-document';
import { retryFailedDocuments } from '@twin/core/documents/retry-failed-documents';
import { watchIngestions } from '@twin/core/documents/watch-ingestions';
import { z } from 'zod';
import { documentId, pageLimit, text } from '../fields.ts';
import { procedureFor } from '../procedure-for.ts';
import { t } from '../trpc.ts';
import type { DocumentPage } from '../views.ts';

const byId = z.object({ id: documentId });

export const documentsRouter = t.router({
  list: procedureFor('read')
    .input(z.object({ limit: pageLimit, cursor: text(500).exactOptional() }))
    .query(({ ctx, input }): Promise<DocumentPage> => listDocuments(ctx.deps, ctx.principal.scope, input)),

  get: procedureFor('read')
    .input(byId)
    .query(({ ctx, input }): Promise<DocumentView> => getDocument(ctx.deps, ctx.principal.scope, input.id)),

  text: procedureFor('read')
    .input(byId.extend({ versionId: z.int().positive().exactOptional() }))
    .query(({ ctx, input: { id, ...version } }): Promise<DocumentText> => {
      return getDocumentText(ctx.deps, ctx.principal.scope, { documentId: id, ...version });
    }),

  delete: procedureFor('write')
    .input(byId)
    .mutation(async ({ ctx, input }): Promise<{ deleted: true }> => {
      await deleteDocument(ctx.deps, ctx.principal.scope, input.id);
      return { deleted: true };
    }),

  retry: procedureFor('write')
    .input(byId)
    .mutation(({ ctx, input }): Promise<DocumentView> => retryDocument(ctx.deps, ctx.principal.scope, input.id)),

  retryAll: procedureFor('write')
    .input(z.object({}))
    .mutation(({ ctx }): Promise<{ count: number }> => retryFailedDocuments(ctx.deps, ctx.principal.scope)),

  cancel: procedureFor('write')
    .input(byId)
    .mutation(({ ctx, input }): Promise<DocumentView> => cancelIngestion(ctx.deps, ctx.principal.scope, input.id)),

  loadSamples: procedureFor('write')
    .input(z.object({}))
    .mutation(async ({ ctx }): Promise<{ documents: DocumentView[] }> => {
      return { documents: await loadSamples(ctx.deps, ctx.principal.scope) };
    }),

  /** Yields the documents that changed; the first yield is everything unfinished. */
  watch: procedureFor('read')
    .input(z.object({}))
    .subscription(({ ctx, signal }): AsyncGenerator<DocumentView[]> => {
      return watchIngestions(ctx.deps, ctx.principal.scope, signal ?? new AbortController().signal);
    }),
});
