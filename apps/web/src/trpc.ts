import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '@twin/api/app-router';
import { suspectConnection } from './features/connection/connection.ts';
import { problemOf } from './problem.ts';

const url = '/api/trpc';

/** What is often over in a moment: it is asked for once more before it is told. */
const passes: ReadonlySet<string> = new Set(['unreachable', 'database-unavailable']);

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeTrouble }),
  mutationCache: new MutationCache({ onError: noticeTrouble }),
  defaultOptions: {
    // "always": a server on this computer answers without any network.
    queries: {
      networkMode: 'always',
      staleTime: 10_000,
      retry: (failures, error) => failures < 1 && passes.has(problemOf(error).code),
      retryDelay: (_, error) => problemOf(error).retryAfterMs ?? 1_000,
    },
    mutations: { networkMode: 'always' },
  },
});

/** What concerns the whole page, whichever call ran into it. */
function noticeTrouble(error: unknown): void {
  const { code } = problemOf(error);
  if (code === 'unreachable') {
    void suspectConnection();
  } else if (code === 'unauthenticated' || code === 'forbidden') {
    // The session ended elsewhere: asking for it again brings the sign-in form. Where this browser has also opened a link, it is
    // a visitor's from then on, to whom all else is forbidden.
    void queryClient.invalidateQueries({ queryKey: ['session'] });
  }
}

const trpcClient = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (op) => op.type === 'subscription',
      true: httpSubscriptionLink({ url }),
      false: httpBatchStreamLink({ url, maxItems: 10 }),
    }),
  ],
});

export const trpc = createTRPCOptionsProxy<AppRouter>({ client: trpcClient, queryClient });
