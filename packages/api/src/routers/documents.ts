import { cancelIngestion } from '@twin/core/documents/cancel-ingestion';
import { deleteDocuments } from '@twin/core/documents/delete-documents';
import type { DocumentView } from '@twin/core/documents/document-view';
import { getDocument } from '@twin/core/documents/get-document';
import { type DocumentText, getDocumentText } from '@twin/core/documents/get-document-text';
import { getPassage, type PassageWindow } from '@twin/core/documents/get-passage';
import { importWebPage } from '@twin/core/documents/import-web-page';
import { listDocuments } from '@twin/core/documents/list-documents';
import { listSitePages, type SitePages } from '@twin/core/documents/list-site-pages';
import { loadSamples } from '@twin/core/documents/load-samples';
import { type ShownPage, showPage } from '@twin/core/documents/pages/show-page';
import { reindexDocuments } from '@twin/core/documents/reindex-documents';
import { renameDocument } from '@twin/core/documents/rename-document';
import { restoreDocuments } from '@twin/core/documents/restore-documents';
import { retryDocument } from '@twin/core/documents/retry-document';
import { retryFailedDocuments } from '@twin/core/documents/retry-failed-documents';
import { switchChunk } from '@twin/core/documents/switch-chunk';
import { unlockDocument } from '@twin/core/documents/unlock-document';
import { type LibraryNews, watchIngestions } from '@twin/core/documents/watch-ingestions';
import { limits } from '@twin/core/limits';
import { z } from 'zod';
import {
  documentId,
  documentState,
  filePassword,
  pageLimit,
  pageNumber,
  sortedBy,
  text,
  title,
  webAddress,
} from '../fields.ts';
import { procedureFor } from '../procedure-for.ts';
import { t } from '../trpc.ts';
import type { DocumentPage } from '../views.ts';

const offset = z.int().min(0);
/** No longer than what is shown of a text at once: all of it is loaded. */
const place = z
  .object({ startOffset: offset, endOffset: offset })
  .refine(
    ({ startOffset, endOffset }) => startOffset <= endOffset && endOffset - startOffset <= limits.shownCharactersMax,
    { message: `must end behind its beginning and span at most ${limits.shownCharactersMax} characters` },
  );
const byId = z.object({ id: documentId });
const listFilter = sortedBy.extend({
  state: documentState.exactOptional(),
  text: text(limits.titleCharactersMax).exactOptional(),
});
const byIds = z.object({ ids: z.array(documentId).min(1).max(limits.documentsAtOnceMax) });

export const documentsRouter = t.router({
  list: procedureFor('read')
    .input(
      z.object({
        limit: pageLimit,
        order: z.enum(['newest', 'oldest', 'title', 'largest']).exactOptional(),
        filter: listFilter.exactOptional(),
        cursor: text(2_000).exactOptional(),
      }),
    )
    .query(({ ctx, input }): Promise<DocumentPage> => listDocuments(ctx.deps, ctx.principal.scope, input)),

  get: procedureFor('read')
    .input(byId)
    .query(({ ctx, input }): Promise<DocumentView> => getDocument(ctx.deps, ctx.principal.scope, input.id)),

  text: procedureFor('read')
    .input(byId.extend({ versionId: z.int().positive().exactOptional(), offset: offset.exactOptional() }))
    .query(({ ctx, input: { id, ...place } }): Promise<DocumentText> => {
      return getDocumentText(ctx.deps, ctx.principal.scope, { documentId: id, ...place });
    }),

  /** The text around one place, for a reader who comes for a citation. */
  passage: procedureFor('read')
    .input(
      byId.extend({
        versionId: z.int().positive().exactOptional(),
        startOffset: offset,
        endOffset: offset,
        radius: z.int().min(0).max(10_000_000),
      }),
    )
    .query(({ ctx, input: { id, ...place } }): Promise<PassageWindow> => {
      return getPassage(ctx.deps, ctx.principal.scope, { documentId: id, ...place });
    }),

  /** Where on one page of the original a place of the text stands. Its picture: `GET /api/documents/{id}/pages/{page}`. */
  page: procedureFor('page')
    .input(
      byId.extend({
        versionId: z.int().positive(),
        page: pageNumber,
        place: place.exactOptional(),
      }),
    )
    .query(({ ctx, input: { id, place, ...asked }, signal = new AbortController().signal }): Promise<ShownPage> => {
      return showPage(ctx.deps, ctx.principal.scope, { documentId: id, ...asked }, { place, signal });
    }),

  /** Can be undone by `restore` for `undoSeconds`. */
  delete: procedureFor('write')
    .input(byIds)
    .mutation(({ ctx, input }): Promise<{ ids: string[]; undoSeconds: number }> => {
      return deleteDocuments(ctx.deps, ctx.principal.scope, input.ids);
    }),

  restore: procedureFor('write')
    .input(byIds)
    .mutation(async ({ ctx, input }): Promise<{ documents: DocumentView[] }> => {
      return { documents: await restoreDocuments(ctx.deps, ctx.principal.scope, input.ids) };
    }),

  rename: procedureFor('write')
    .input(byId.extend({ title }))
    .mutation(({ ctx, input }): Promise<DocumentView> => renameDocument(ctx.deps, ctx.principal.scope, input)),

  /** Reads the stored files anew; what answers now goes on doing so until that is done. */
  reindex: procedureFor('write')
    .input(byIds)
    .mutation(async ({ ctx, input }): Promise<{ documents: DocumentView[] }> => {
      return { documents: await reindexDocuments(ctx.deps, ctx.principal.scope, input.ids) };
    }),

  /** Whether a passage may answer. */
  switchChunk: procedureFor('write')
    .input(byId.extend({ chunkId: z.int().positive(), enabled: z.boolean() }))
    .mutation(async ({ ctx, input: { id, ...change } }): Promise<{ enabled: boolean }> => {
      await switchChunk(ctx.deps, ctx.principal.scope, { documentId: id, ...change });
      return { enabled: change.enabled };
    }),

  retry: procedureFor('write')
    .input(byId)
    .mutation(({ ctx, input }): Promise<DocumentView> => retryDocument(ctx.deps, ctx.principal.scope, input.id)),

  /** Reads a locked file with its password, which is used for this one reading and kept nowhere. */
  unlock: procedureFor('write')
    .input(byId.extend({ password: filePassword }))
    .mutation(({ ctx, input }): Promise<DocumentView> => unlockDocument(ctx.deps, ctx.principal.scope, input)),

  retryAll: procedureFor('write')
    .input(z.object({}))
    .mutation(({ ctx }): Promise<{ count: number }> => retryFailedDocuments(ctx.deps, ctx.principal.scope)),

  cancel: procedureFor('write')
    .input(byId)
    .mutation(({ ctx, input }): Promise<DocumentView> => cancelIngestion(ctx.deps, ctx.principal.scope, input.id)),

  importWebPage: procedureFor('upload')
    .input(z.object({ url: webAddress }))
    .mutation(({ ctx, input }): Promise<{ document: DocumentView; outcome: 'created' | 'replaced' | 'duplicate' }> => {
      const { scope, label } = ctx.principal;
      return importWebPage(ctx.deps, scope, { url: input.url, userLabel: label });
    }),

  /** The pages that the site map of an address names, to be imported one by one. */
  listSitePages: procedureFor('upload')
    .input(z.object({ url: webAddress }))
    .mutation(({ ctx, input }): Promise<SitePages> => listSitePages(ctx.deps, input.url)),

  loadSamples: procedureFor('write')
    .input(z.object({}))
    .mutation(async ({ ctx }): Promise<{ documents: DocumentView[] }> => {
      return { documents: await loadSamples(ctx.deps, ctx.principal.scope) };
    }),

  /** Yields what changed and what was deleted; the first yield is everything unfinished and the last seconds' changes. */
  watch: procedureFor('read')
    .input(z.object({}))
    .subscription(({ ctx, signal }): AsyncGenerator<LibraryNews> => {
      return watchIngestions(ctx.deps, ctx.principal.scope, signal ?? new AbortController().signal);
    }),
});
