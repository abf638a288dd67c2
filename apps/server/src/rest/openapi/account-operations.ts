import { z } from 'zod';
import { ownerDetails } from '../auth-endpoints.ts';
import { visitBody } from '../visit.ts';
import { apiKeyAnswer, sessionAnswer, successAnswer } from './answers.ts';
import type { Answer, Operation } from './operation.ts';

const done: Answer[] = [{ status: 200, description: 'Done.', content: successAnswer }];
const signedIn: Answer[] = [{ status: 200, description: 'A session cookie is set.', content: successAnswer }];

/** Who is signed in, and the routes of the sign-in library that are open. All but the first exist behind sign-in only. */
export const accountOperations: Operation[] = [
  {
    method: 'get',
    path: '/api/session',
    summary: 'Who is signed in, and whether the twin still wants an owner',
    access: 'open',
    answers: [{ status: 200, description: 'The access this caller has.', content: sessionAnswer }],
  },
  {
    method: 'post',
    path: '/api/owner',
    summary: 'Become the owner, with the one-time code from the log',
    access: 'open',
    body: ownerDetails,
    answers: signedIn,
  },
  {
    method: 'post',
    path: '/api/visit',
    summary: 'Open a share link: the token of its address for the cookie of a visitor',
    access: 'open',
    body: visitBody,
    answers: [{ status: 200, description: 'A visitor’s cookie is set.', content: successAnswer }],
  },
  {
    method: 'post',
    path: '/api/visit/leave',
    summary: 'Be no visitor any more in this browser: the cookie is taken back, what was asked stays',
    access: 'open',
    body: z.object({}),
    answers: [{ status: 200, description: 'The cookie is ended.', content: successAnswer }],
  },
  {
    method: 'post',
    path: '/api/auth/sign-in/email',
    summary: 'Sign in',
    access: 'open',
    body: z.object({ email: z.email(), password: z.string() }),
    answers: signedIn,
  },
  {
    method: 'post',
    path: '/api/auth/sign-out',
    summary: 'Sign out',
    access: 'session',
    body: z.object({}),
    answers: done,
  },
  {
    method: 'post',
    path: '/api/auth/change-password',
    summary: 'Change the password',
    access: 'session',
    body: z.object({
      currentPassword: z.string(),
      newPassword: z.string(),
      revokeOtherSessions: z.boolean().exactOptional(),
    }),
    answers: done,
  },
  {
    method: 'post',
    path: '/api/auth/revoke-other-sessions',
    summary: 'Sign out everywhere else',
    access: 'session',
    body: z.object({}),
    answers: done,
  },
  {
    method: 'post',
    path: '/api/auth/api-key/create',
    summary: 'Make an API key',
    access: 'session',
    body: z.object({ name: z.string() }),
    answers: [{ status: 200, description: 'The key, this once.', content: apiKeyAnswer }],
  },
  {
    method: 'post',
    path: '/api/auth/api-key/delete',
    summary: 'Delete an API key: it opens nothing from then on',
    access: 'session',
    body: z.object({ keyId: z.string() }),
    answers: done,
  },
  {
    method: 'get',
    path: '/api/auth/api-key/list',
    summary: 'The API keys, without what they open with',
    access: 'session',
    answers: [
      {
        status: 200,
        description: 'All of them.',
        content: z.looseObject({ apiKeys: z.array(z.looseObject({ id: z.string(), name: z.string().nullable() })) }),
      },
    ],
  },
];
