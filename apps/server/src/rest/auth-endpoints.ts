import { nonEmptyText } from '@twin/api/fields';
import { AppError, type AppErrorCode } from '@twin/core/app-error';
import type { RateLimitDoor } from '@twin/core/rate-limit/policies';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Access } from '../auth/access.ts';
import { installationScope } from '../auth/authenticate.ts';
import { passwordCharactersMin } from '../auth/password-characters-min.ts';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';
import { countAgainst } from './count-against.ts';
import { readJson } from './read-json.ts';
import { storableJson } from './storable-metadata.ts';
import { leaveEndpoint, visitEndpoint } from './visit.ts';

/**
 * All that is reachable of the sign-in library, each with the door it is counted at. Every route that is not listed stays
 * closed. A changed password asks for the one before: whoever holds a stolen session could guess it there.
 */
const libraryRoutes: { method: 'GET' | 'POST'; path: string; door: RateLimitDoor; answers: 'cookies' | 'body' }[] = [
  { method: 'POST', path: 'sign-in/email', door: 'sign-in', answers: 'cookies' },
  { method: 'POST', path: 'change-password', door: 'sign-in', answers: 'cookies' },
  { method: 'POST', path: 'sign-out', door: 'account', answers: 'cookies' },
  { method: 'POST', path: 'revoke-other-sessions', door: 'account', answers: 'cookies' },
  { method: 'POST', path: 'api-key/create', door: 'account', answers: 'body' },
  { method: 'POST', path: 'api-key/delete', door: 'account', answers: 'body' },
  { method: 'GET', path: 'api-key/list', door: 'session', answers: 'body' },
];

export const ownerDetails = z.object({
  code: nonEmptyText(100),
  name: nonEmptyText(100),
  email: z.email().max(200),
  password: z.string().min(passwordCharactersMin).max(128),
});

/** Who is signed in, the first owner's claim, signing in and out, and a visitor's way in and out. On a loopback address only the first exists. */
export function authEndpoints(parts: ServerParts): Hono<HttpEnv> {
  const { access } = parts;
  const routes = new Hono<HttpEnv>().get('/session', countedAt(parts, 'session'), async (c) =>
    c.json(await describeSession(access, c.req.raw.headers)),
  );
  if (access.kind === 'local') {
    return routes;
  }
  const { auth, ownerClaim, visitors } = access;
  routes.post('/visit', countedAt(parts, 'visit'), visitEndpoint(parts, visitors));
  routes.post('/visit/leave', countedAt(parts, 'visit'), leaveEndpoint(visitors));
  routes.post('/owner', countedAt(parts, 'sign-in'), async (c) => {
    const { code, ...details } = await readJson(c, ownerDetails);
    return withCountedHeaders(c, cookiesOnly(await translated(await ownerClaim.claim(code, details))));
  });
  for (const { method, path, door, answers } of libraryRoutes) {
    routes.on(method, `/auth/${path}`, countedAt(parts, door), async (c) => {
      const response = await translated(await auth.handler(await storableRequest(c)));
      return withCountedHeaders(c, answers === 'cookies' ? cookiesOnly(response) : response);
    });
  }
  return routes;
}

/** The library hands on to the database what it gets: the body is looked at first, where there is one. */
async function storableRequest(c: Context<HttpEnv>): Promise<Request> {
  const { url, method, headers } = c.req.raw;
  const isBodiless = method === 'GET' || (!headers.has('transfer-encoding') && !Number(headers.get('content-length')));
  if (isBodiless) return c.req.raw;
  return new Request(url, { method, headers, body: JSON.stringify(await readJson(c, storableJson)) });
}

async function describeSession(access: Access, headers: Headers) {
  if (access.kind === 'local') {
    return { access: 'local', needsOwner: false };
  }
  const session = await access.auth.api.getSession({ headers });
  if (session !== null) {
    return { access: 'owner', needsOwner: false, user: { name: session.user.name, email: session.user.email } };
  }
  return { access: 'signed-out', needsOwner: await access.ownerClaim.needsOwner() };
}

const codeOfStatus: Record<number, AppErrorCode> = {
  400: 'invalid-input',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  422: 'invalid-input',
};

/** Where the library's own words do not say what to do. */
const wordsOfReason: Record<string, string> = {
  'invalid-email-or-password': 'This email and password do not belong together. Check both, and try again.',
  'invalid-password': 'That is not the password so far. Check it, and try again.',
};

/** The library words its refusals in its own shape; ours is the same at every door. */
async function translated(response: Response): Promise<Response> {
  if (response.ok) {
    return response;
  }
  const refusal = z
    .object({ code: z.string(), message: z.string() })
    .safeParse(await response.json().catch(() => null));
  const code = codeOfStatus[response.status];
  if (code === undefined || !refusal.success) {
    throw new Error(`The sign-in library answered ${response.status}`);
  }
  const reason = refusal.data.code.toLowerCase().replaceAll('_', '-');
  const message = wordsOfReason[reason] ?? `${refusal.data.message}.`.replace(/\.\.$/, '.');
  throw new AppError(code, message, { reason });
}

/** The library's bodies repeat the session's token, which no script in the page may see. */
function cookiesOnly(response: Response): Response {
  const headers = new Headers({ 'Content-Type': 'application/json' });
  for (const cookie of response.headers.getSetCookie()) {
    headers.append('Set-Cookie', cookie);
  }
  return new Response('{"success":true}', { headers });
}

/** A response that is returned as it is would lose what the context has to say: what is left of the limit. */
function withCountedHeaders(c: Context<HttpEnv>, response: Response): Response {
  return c.newResponse(response.body, response);
}

/** Counted by address: whoever guesses passwords or codes has no principal yet. */
function countedAt(parts: ServerParts, door: RateLimitDoor): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await countAgainst(c, parts, door, { scope: installationScope, principal: null });
    await next();
  };
}
