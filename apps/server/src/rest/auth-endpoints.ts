import { rateLimitedError } from '@twin/api/enforce-rate-limit';
import { nonEmptyText } from '@twin/api/fields';
import { AppError, type AppErrorCode } from '@twin/core/app-error';
import type { Deps } from '@twin/core/deps';
import { checkRateLimit } from '@twin/core/rate-limit/check-rate-limit';
import { Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { passwordCharactersMin } from '../adapters/better-auth.ts';
import type { Access } from '../auth/access.ts';
import { installationScope } from '../auth/authenticate.ts';
import { countedAddress } from '../http/client-address.ts';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';
import { readJson } from './read-json.ts';

/** All that is reachable of the sign-in library. Every route that is not listed stays closed. */
const sessionRoutes = ['sign-in/email', 'sign-out', 'change-password', 'revoke-other-sessions'];
const keyRoutes = { POST: ['api-key/create', 'api-key/delete'], GET: ['api-key/list'] };

const ownerDetails = z.object({
  code: nonEmptyText(100),
  name: nonEmptyText(100),
  email: z.email().max(200),
  password: z.string().min(passwordCharactersMin).max(128),
});

/** Who is signed in, the first owner's claim, and signing in and out. On a loopback address only the first exists. */
export function authEndpoints({ access, deps }: ServerParts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>().get('/session', async (c) =>
    c.json(await describeSession(access, c.req.raw.headers)),
  );
  if (access.kind === 'local') {
    return routes;
  }
  const { auth, ownerClaim } = access;
  const limitSignIn = limitSignInAttempts(deps);
  routes.post('/owner', limitSignIn, async (c) => {
    const { code, ...details } = await readJson(c, ownerDetails);
    return cookiesOnly(await translated(await ownerClaim.claim(code, details)));
  });
  routes.use('/auth/sign-in/*', limitSignIn);
  for (const path of sessionRoutes) {
    routes.post(`/auth/${path}`, async (c) => cookiesOnly(await translated(await auth.handler(c.req.raw))));
  }
  for (const [method, paths] of Object.entries(keyRoutes)) {
    for (const path of paths) {
      routes.on(method, `/auth/${path}`, async (c) => await translated(await auth.handler(c.req.raw)));
    }
  }
  return routes;
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
  throw new AppError(code, `${refusal.data.message}.`.replace(/\.\.$/, '.'), { reason });
}

/** The library's bodies repeat the session's token, which no script in the page may see. */
function cookiesOnly(response: Response): Response {
  const headers = new Headers({ 'Content-Type': 'application/json' });
  for (const cookie of response.headers.getSetCookie()) {
    headers.append('Set-Cookie', cookie);
  }
  return new Response('{"success":true}', { headers });
}

/** Counted by address: whoever guesses passwords or codes has no principal yet. */
function limitSignInAttempts(deps: Deps): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    for (const policy of ['sign-in', 'sign-in-day'] as const) {
      const decision = await checkRateLimit(deps, installationScope, policy, `ip:${countedAddress(c.get('ip'))}`);
      if (!decision.allowed) {
        throw rateLimitedError(policy, decision);
      }
    }
    await next();
  };
}
