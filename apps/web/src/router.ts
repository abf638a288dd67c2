import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { createElement } from 'react';
import { parseDocumentsSearch } from './features/documents/documents-search.ts';
import { NotFound } from './routes/not-found.tsx';
import { PageError } from './routes/page-error.tsx';
import { Root } from './routes/root.tsx';

const rootRoute = createRootRoute({ component: Root, notFoundComponent: () => createElement(NotFound) });

/** `cite` is the open citation: `<messageId>.<number>`, or `<messageId>.s<position>` for a passage that was only found. */
export interface ChatSearch {
  cite?: string;
}

const chatRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'chat',
  component: lazyRouteComponent(() => import('./routes/chat.tsx'), 'ChatRoute'),
  validateSearch: (search: Record<string, unknown>): ChatSearch =>
    typeof search['cite'] === 'string' ? { cite: search['cite'] } : {},
});

const newChatRoute = createRoute({ getParentRoute: () => chatRoute, path: '/' });
const conversationRoute = createRoute({ getParentRoute: () => chatRoute, path: '/c/$conversationId' });

const documentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/documents',
  validateSearch: parseDocumentsSearch,
  component: lazyRouteComponent(() => import('./routes/documents.tsx'), 'DocumentsRoute'),
});

const documentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/documents/$documentId',
  component: lazyRouteComponent(() => import('./routes/document.tsx'), 'DocumentRoute'),
});

const personaRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/persona',
  component: lazyRouteComponent(() => import('./routes/persona.tsx'), 'PersonaRoute'),
});

const adminRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/admin',
  component: lazyRouteComponent(() => import('./routes/admin.tsx'), 'AdminRoute'),
});

/** `c` is the open conversation of a visitor, `cite` as in the owner's chat. */
export interface VisitSearch {
  c?: string;
  cite?: string;
}

const visitRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/visit',
  validateSearch: ({ c, cite }: Record<string, unknown>): VisitSearch => ({
    ...(typeof c === 'string' && { c }),
    ...(typeof cite === 'string' && { cite }),
  }),
  component: lazyRouteComponent(() => import('./routes/visit.tsx'), 'VisitRoute'),
});

const evaluationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/admin/evaluation',
  component: lazyRouteComponent(() => import('./routes/evaluation.tsx'), 'EvaluationRoute'),
});

const evaluationRunRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/admin/evaluation/$runId',
  component: lazyRouteComponent(() => import('./routes/evaluation-run.tsx'), 'EvaluationRunRoute'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    chatRoute.addChildren([newChatRoute, conversationRoute]),
    documentsRoute,
    documentRoute,
    personaRoute,
    adminRoute,
    evaluationRoute,
    evaluationRunRoute,
    visitRoute,
  ]),
  defaultPreload: 'intent',
  // Lists and long pages; a conversation places itself by its last question.
  scrollRestoration: ({ location }) => /^\/(?:documents|admin)/.test(location.pathname),
  defaultErrorComponent: PageError,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
