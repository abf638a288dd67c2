import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../configuration-error.ts';
import type { Env } from '../env.ts';

const charactersMin = 32;
const distinctCharactersMin = 10;
/** Words that published examples and defaults are made of. */
const known = /change.?me|better-auth|example|placeholder|your.?secret|default/i;
const nextStep =
  'Set AUTH_SECRET to a random secret of at least 32 characters, for example from: openssl rand -base64 32';

/**
 * The secret that signs session cookies: AUTH_SECRET, or one made at the first start and kept in the data folder
 * (mode 0600). Several servers may share one server database, so there it has to be given.
 *
 * @throws ConfigurationError when it is missing, short or well known: there is no default.
 */
export async function loadAuthSecret(env: Env): Promise<string> {
  if (env.authSecret !== undefined) {
    return checked(env.authSecret);
  }
  if (env.databaseUrl !== undefined) {
    throw refusal('is needed to sign people in when DATABASE_URL is set; without it nobody could own this twin');
  }
  return checked(await readOrCreate(join(env.dataDir, 'auth-secret')));
}

async function readOrCreate(file: string): Promise<string> {
  await mkdir(join(file, '..'), { recursive: true });
  const secret = randomBytes(32).toString('base64url');
  try {
    await writeFile(file, secret, { mode: 0o600, flag: 'wx' });
    return secret;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return (await readFile(file, 'utf8')).trim();
    }
    throw error;
  }
}

function checked(secret: string): string {
  if (secret.length < charactersMin) {
    throw refusal(`has ${secret.length} characters, at least ${charactersMin} are needed`);
  }
  if (known.test(secret) || new Set(secret).size < distinctCharactersMin) {
    throw refusal('is a well-known or easily guessed value');
  }
  return secret;
}

function refusal(reason: string): ConfigurationError {
  return new ConfigurationError([{ name: 'AUTH_SECRET', reason, nextStep }]);
}
