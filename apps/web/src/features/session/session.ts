import { queryOptions } from '@tanstack/react-query';
import { dismissNotices } from '../../components/toaster.tsx';
import { problemOfBody, RestError } from '../../problem.ts';
import { draftsOf } from '../chat/drafts.ts';
import { forgetDeletions } from '../documents/kept-deletions.ts';
import { forgetSites } from '../documents/kept-site.ts';
import { forgetAllUnsent } from '../documents/unsent-files.ts';
import { forgetUploads } from '../documents/upload-queue.ts';

/** Who the server takes this browser for. `local`: account-free, because only this computer can reach it. */
export interface Session {
  access: 'local' | 'owner' | 'signed-out';
  /** True until somebody has claimed this installation with the code from its log. */
  needsOwner: boolean;
  user?: { name: string; email: string };
}

export async function request(path: string, body?: object): Promise<Response> {
  const response = await fetch(path, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) {
    throw new RestError(problemOfBody(response.status, await response.text()));
  }
  return response;
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session> => (await request('/api/session')).json() as Promise<Session>,
  staleTime: 60_000,
});

/** @throws RestError when email and password do not match, or after too many attempts. */
export async function signIn(email: string, password: string): Promise<void> {
  await request('/api/auth/sign-in/email', { email, password });
}

const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('twin.session') : null;

/** Signs out every tab of this browser. */
export async function signOut(): Promise<void> {
  await request('/api/auth/sign-out', {});
  leaveNothing();
  channel?.postMessage('signed-out');
}

/** Calls `listener` when another tab has signed out, once this page holds nothing any more. @returns the function that ends it. */
export function onSignedOutElsewhere(listener: () => void): () => void {
  const receive = () => {
    leaveNothing();
    listener();
  };
  channel?.addEventListener('message', receive);
  return () => channel?.removeEventListener('message', receive);
}

/**
 * Of what was typed or chosen and not sent, asked for and not added, or deleted and can be brought back: somebody else may sign in next.
 * Also where the session ended elsewhere: whoever revoked it does not trust this browser.
 */
export function leaveNothing(): void {
  draftsOf.owner.clear();
  forgetSites();
  forgetUploads();
  forgetAllUnsent();
  forgetDeletions();
  dismissNotices();
}

/** Makes the first owner. @throws RestError when the code is wrong or somebody was faster. */
export async function claimOwner(claim: {
  code: string;
  name: string;
  email: string;
  password: string;
}): Promise<void> {
  await request('/api/owner', claim);
}
