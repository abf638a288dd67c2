import { apiKey, defaultKeyHasher } from '@better-auth/api-key';
import type { Logger } from '@twin/core/ports';
import type { Db } from '@twin/db/db';
import { betterAuth } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { passwordCharactersMin } from '../auth/password-characters-min.ts';

export interface AuthOptions {
  db: Db;
  secret: string;
  /** The origin people open. Only its scheme matters: it decides whether cookies are `Secure`. */
  publicOrigin: string;
  logger: Logger;
  /** Told after each call that may have made, changed or deleted an API key. */
  onApiKeysChanged?: () => void;
}

/** As the database holds keys. */
export const hashApiKey = defaultKeyHasher;

const keyChanges = ['/api-key/create', '/api-key/update', '/api-key/delete'];

export type Auth = ReturnType<typeof createAuth>;

/** Sign-in, sessions and API keys on our own database. Nobody can sign up. */
export function createAuth(options: AuthOptions) {
  return betterAuth(authConfiguration(options, { disableSignUp: true }));
}

/** The same, except that it can create an account. Never mounted: only the owner's claim holds one. */
export function createAccountMaker(options: AuthOptions) {
  return betterAuth(authConfiguration(options, { disableSignUp: false }));
}

/** Table names are those of the migration `0002-auth`. */
export function authConfiguration(
  { db, secret, publicOrigin, logger, onApiKeysChanged }: AuthOptions,
  { disableSignUp }: { disableSignUp: boolean },
) {
  const secure = publicOrigin.startsWith('https://');
  // The `__Host-` prefix makes browsers refuse the cookie from a sibling domain or over plain HTTP.
  const prefix = secure ? '__Host-twin' : 'twin';
  return {
    database: { db, type: 'postgres' as const, transaction: true },
    secret,
    baseURL: publicOrigin,
    basePath: '/api/auth',
    // `checkOrigin` has already refused every origin but these before a request arrives here.
    trustedOrigins: (request?: Request) => [request?.headers.get('origin') ?? ''].filter((origin) => origin !== ''),
    telemetry: { enabled: false },
    user: { modelName: 'auth_user' },
    session: { modelName: 'auth_session', expiresIn: 30 * 24 * 3600, updateAge: 24 * 3600 },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    emailAndPassword: { enabled: true, disableSignUp, minPasswordLength: passwordCharactersMin, autoSignIn: true },
    // Sign-in attempts are counted by our own policy, in the database, beside all other limits.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: prefix,
      useSecureCookies: false,
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax' as const, path: '/' },
      ipAddress: { disableIpTracking: true },
    },
    // Its arguments may hold credentials: only the message is logged.
    logger: { level: 'warn' as const, log: (_level: string, message: string) => logger.warn({}, `auth: ${message}`) },
    // Refusals are answered all the same. Without this the library prints each of them past the logger, so that whoever calls could
    // fill the log, and answers a database that is away as if nobody had foreseen it.
    onAPIError: { throw: true },
    hooks: {
      after: createAuthMiddleware(async ({ path }) => {
        if (keyChanges.includes(path)) onApiKeysChanged?.();
        return await Promise.resolve();
      }),
    },
    plugins: [
      apiKey(
        { defaultPrefix: 'twin_', requireName: true, rateLimit: { enabled: false }, enableSessionForAPIKeys: false },
        { schema: { apikey: { modelName: 'auth_api_key' } } },
      ),
    ],
  };
}
