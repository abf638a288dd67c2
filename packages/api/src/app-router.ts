import { adminRouter } from './routers/admin.ts';
import { chatRouter } from './routers/chat.ts';
import { collectionsRouter } from './routers/collections.ts';
import { conversationsRouter } from './routers/conversations.ts';
import { documentsRouter } from './routers/documents.ts';
import { embeddingModelsRouter } from './routers/embedding-models.ts';
import { evaluationRouter } from './routers/evaluation.ts';
import { rateLimitsRouter } from './routers/rate-limits.ts';
import { searchRouter } from './routers/search.ts';
import { shareLinksRouter } from './routers/share-links.ts';
import { twinRouter } from './routers/twin.ts';
import { visitorRouter } from './routers/visitor.ts';
import { t } from './trpc.ts';

export const appRouter = t.router({
  twin: twinRouter,
  documents: documentsRouter,
  collections: collectionsRouter,
  search: searchRouter,
  conversations: conversationsRouter,
  chat: chatRouter,
  admin: adminRouter,
  rateLimits: rateLimitsRouter,
  evaluation: evaluationRouter,
  embeddingModels: embeddingModelsRouter,
  shareLinks: shareLinksRouter,
  visitor: visitorRouter,
});

/** All that the web app knows of the server. */
export type AppRouter = typeof appRouter;
