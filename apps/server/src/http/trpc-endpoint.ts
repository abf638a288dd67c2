import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { appRouter } from '@twin/api/app-router';
import type { Context as CallContext } from '@twin/api/context';
import { rateLimitHeaders } from '@twin/api/enforce-rate-limit';
import { describeError } from '@twin/api/error-map';
import type { Context, Handler } from 'hono';
import { outdatedWords } from '../rest/respond-with-error.ts';
import { callerLeft } from './caller-left.ts';
import { countedAddress } from './client-address.ts';
import type { HttpEnv } from './http-env.ts';
import { identify } from './identify.ts';
import type { ServerParts } from './server-parts.ts';
import { trpcPath } from './trpc-path.ts';

/** How many calls one batch may carry; each of them is limited on its own. */
const batchCallsMax = 10;

/**
 * The typed door. `RateLimit-*` headers tell of the tightest limit the request met; an answer that streams has sent
 * its headers by then, so there the error itself carries the time to wait.
 */
export function trpcEndpoint(parts: ServerParts): Handler<HttpEnv> {
  const { deps, turns, installation, closing } = parts;
  return async (c) => {
    let isVisitor = false;
    const requestId = c.get('requestId');
    const response = await fetchRequestHandler({
      endpoint: trpcPath,
      router: appRouter,
      // Subscriptions end with the server as well as with their client.
      req: new Request(c.req.raw, { signal: AbortSignal.any([c.req.raw.signal, closing]) }),
      maxBatchSize: batchCallsMax,
      async createContext(): Promise<CallContext> {
        const principal = await identify(c, parts);
        isVisitor = principal?.kind === 'visitor';
        const address = countedAddress(c.get('ip'));
        return { deps, turns, installation, principal, requestId, address, rateLimits: [] };
      },
      responseMeta: ({ ctx }) => ({ headers: new Headers(rateLimitHeaders(ctx?.rateLimits ?? [])) }),
      onError({ error, path }) {
        if (callerLeft(c, error)) {
          return;
        }
        const { code } = describeError(error);
        if (code === 'internal') {
          deps.logger.error({ requestId, path, error: error.cause ?? error }, 'unexpected error');
        } else if (code === 'database-unavailable') {
          deps.logger.warn({ requestId, path, error: error.cause }, 'the database cannot be reached');
        } else if (code === 'server-outdated') {
          deps.logger.error({ requestId, path, error: error.cause }, outdatedWords);
        }
      },
    });
    if (isVisitor) renewVisit(c, parts);
    return c.newResponse(response.body, response);
  };
}

/** Whoever comes back keeps what is theirs to read and to delete for as long as it is kept. */
function renewVisit(c: Context<HttpEnv>, { access }: ServerParts): void {
  const renewed = access.kind === 'owner' ? access.visitors.renew(c.req.raw) : undefined;
  if (renewed !== undefined) c.header('Set-Cookie', renewed);
}
