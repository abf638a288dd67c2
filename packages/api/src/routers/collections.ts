import { createCollection, deleteCollection, renameCollection } from '@twin/core/collections/change-collections';
import { type LibraryParts, listCollections } from '@twin/core/collections/list-collections';
import { organizeDocuments } from '@twin/core/collections/organize-documents';
import type { DocumentView } from '@twin/core/documents/document-view';
import { limits } from '@twin/core/limits';
import { z } from 'zod';
import { collectionName, documentId, rowId, tag } from '../fields.ts';
import { procedureFor } from '../procedure-for.ts';
import { t } from '../trpc.ts';

const byId = z.object({ id: rowId });
const tags = z.array(tag).max(limits.tagsAtOnceMax);

export const collectionsRouter = t.router({
  list: procedureFor('read')
    .input(z.object({}))
    .query(({ ctx }): Promise<LibraryParts> => listCollections(ctx.deps, ctx.principal.scope)),

  create: procedureFor('write')
    .input(z.object({ name: collectionName }))
    .mutation(({ ctx, input }): Promise<{ id: string }> => {
      return createCollection(ctx.deps, ctx.principal.scope, input.name);
    }),

  rename: procedureFor('write')
    .input(byId.extend({ name: collectionName }))
    .mutation(async ({ ctx, input }): Promise<{ id: string }> => {
      await renameCollection(ctx.deps, ctx.principal.scope, input);
      return { id: input.id };
    }),

  /** Its documents stay. */
  delete: procedureFor('write')
    .input(byId)
    .mutation(async ({ ctx, input }): Promise<{ deleted: true }> => {
      await deleteCollection(ctx.deps, ctx.principal.scope, input.id);
      return { deleted: true };
    }),

  /** Puts documents into a collection or takes them out, and adds or removes tags. */
  organize: procedureFor('write')
    .input(
      z.object({
        ids: z.array(documentId).min(1).max(limits.documentsAtOnceMax),
        addTags: tags.exactOptional(),
        removeTags: tags.exactOptional(),
        addToCollection: rowId.exactOptional(),
        removeFromCollection: rowId.exactOptional(),
      }),
    )
    .mutation(async ({ ctx, input }): Promise<{ documents: DocumentView[] }> => {
      return { documents: await organizeDocuments(ctx.deps, ctx.principal.scope, input) };
    }),
});
