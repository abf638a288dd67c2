import { createTRPCClient, httpBatchLink, httpBatchStreamLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import type { AppRouter } from '@twin/api/app-router';
import { TestEventSource } from './event-source.ts';

/** The client as the web app has it: calls streamed in batches, subscriptions as server-sent events. */
export function createTestClient(origin: string, headers: Record<string, string> = {}) {
  const url = `${origin}/api/trpc`;
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({
          url,
          EventSource: TestEventSource as unknown as typeof EventSource,
          eventSourceOptions: { headers } as EventSourceInit,
        }),
        false: httpBatchStreamLink({ url, headers, maxItems: 10 }),
      }),
    ],
  });
}

/** Batches that are answered whole, as other clients send them. */
export function createBatchingClient(origin: string) {
  return createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${origin}/api/trpc` })] });
}
