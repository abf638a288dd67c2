import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError } from '@twin/core/app-error';
import type { Auth } from '../adapters/better-auth.ts';

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

export async function createOwnerClaim(auth: Auth, accountMaker: Auth): Promise<OwnerClaim> {
  const { adapter } = await auth.$context;
  const needsOwner = async () => (await adapter.count({ model: 'account' })) === 0;
  const code = (await needsOwner()) ? randomBytes(15).toString('base64url') : null;
  let claiming = false;

  return {
    code,
    needsOwner,
    async claim(given, details) {
      if (code === null || claiming) {
        throw alreadyOwned();
      }
      if (!sameText(given, code)) {
        throw new AppError(
          'forbidden',
          "That is not the one-time code. It is printed in the server's log at every start.",
        );
      }
      // Set before anything is awaited: of two claims at once, one is refused.
      claiming = true;
      try {
        if (!(await needsOwner())) {
          throw alreadyOwned();
        }
        return await accountMaker.api.signUpEmail({ body: details, asResponse: true });
      } finally {
        claiming = false;
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
