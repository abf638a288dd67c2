import { queryOptions } from '@tanstack/react-query';
import { problemOfBody, RestError } from '../../problem.ts';
import { draftsOf } from '../chat/drafts.ts';
import { forgetSites } from '../documents/kept-site.ts';

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

/** Leaves nothing in this page of what was typed and not sent, or asked for and not added: somebody else may sign in next. */
export async function signOut(): Promise<void> {
  await request('/api/auth/sign-out', {});
  draftsOf.owner.clear();
  forgetSites();
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
