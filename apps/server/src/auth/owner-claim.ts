import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { AppError } from '@twin/core/app-error';
import type { Db } from '@twin/db/db';
import { deleteCacheLease, takeCacheLease } from '@twin/db/queries/cache-leases';
import type { Auth } from '../adapters/better-auth.ts';
import { installationScope } from './authenticate.ts';

interface OwnerDetails {
  name: string;
  email: string;
  password: string;
}

/** The first owner's way in: whoever can read the server's log can own the twin, once. */
export interface OwnerClaim {
  /** The one-time code; null when the twin has an owner. A new one is made at every start. */
  readonly code: string | null;
  needsOwner(): Promise<boolean>;
  /**
   * Creates the owner's account. Its answer signs the owner in (Set-Cookie).
   * @throws AppError `conflict` when there is an owner, `forbidden` when the code is wrong.
   */
  claim(code: string, details: OwnerDetails): Promise<Response>;
}

/** Longer than making an account takes; a server that died at it holds the others up no longer. */
const leaseSeconds = 60;

export async function createOwnerClaim(db: Db, auth: Auth, accountMaker: Auth): Promise<OwnerClaim> {
  const { adapter } = await auth.$context;
  const needsOwner = async () => (await adapter.count({ model: 'account' })) === 0;
  const code = (await needsOwner()) ? randomBytes(15).toString('base64url') : null;

  return {
    code,
    needsOwner,
    async claim(given, details) {
      if (code === null) {
        throw alreadyOwned();
      }
      if (!sameText(given, code)) {
        throw new AppError(
          'forbidden',
          "That is not the one-time code. It is printed in the server's log at every start.",
        );
      }
      // Every server on this database has a code of its own: of two claims at once, at whichever of them, one is refused.
      const lease = { key: 'owner-claim', holder: randomUUID() };
      if (!(await takeCacheLease(db, installationScope, { ...lease, leaseSeconds }))) {
        throw new AppError('conflict', 'Somebody is claiming this twin right now. Try again in a moment.');
      }
      try {
        if (!(await needsOwner())) {
          throw alreadyOwned();
        }
        return await accountMaker.api.signUpEmail({ body: details, asResponse: true });
      } finally {
        await deleteCacheLease(db, installationScope, lease);
      }
    },
  };
}

function alreadyOwned(): AppError {
  return new AppError('conflict', 'This twin has an owner already. Sign in instead.');
}

/** Takes the same time whatever is given. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
