import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { AppError, type AppErrorCode } from '@twin/core/app-error';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeError, errorMap } from './error-map.ts';

test.each(Object.entries(errorMap))('%s has one HTTP status at every door', (code, { trpc, httpStatus }) => {
  const error = new AppError(code as AppErrorCode, 'words', { retryAfterMs: 1500, reason: 'why' });

  expect(getHTTPStatusCodeFromError(new TRPCError({ code: trpc }))).toBe(httpStatus);
  expect(describeError(error)).toEqual({
    code,
    trpc,
    httpStatus,
    message: 'words',
    reason: 'why',
    retryAfterMs: 1500,
    fieldErrors: null,
  });
  expect(describeError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error })).code).toBe(code);
});

test('what nobody foresaw says nothing of itself', () => {
  for (const error of [
    new Error('canary'),
    'canary',
    { message: 'canary' },
    null,
    new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'canary' }),
  ]) {
    const described = describeError(error);
    expect(described).toMatchObject({ code: 'internal', httpStatus: 500 });
    expect(JSON.stringify(described)).not.toContain('canary');
  }
});

test('wrong input names each field that is wrong', () => {
  const schema = z.object({ documents: z.array(z.object({ id: z.string(), content: z.string() })) });
  const { error } = schema.safeParse({ documents: [{ id: 1 }] });

  expect(describeError(error)).toMatchObject({
    code: 'invalid-input',
    httpStatus: 400,
    message: expect.stringContaining('documents[0].id'),
    fieldErrors: { 'documents[0].id': [expect.any(String)], 'documents[0].content': [expect.any(String)] },
  });
});

const item = z.object({ id: z.guid(), size: z.int().min(1).max(5), words: z.array(z.string().max(3)).min(1) });
const kind = z.enum(['pdf', 'text']).exactOptional();

test.each([
  [undefined, 'input: is missing; send an object'],
  [[], 'input: must be an object, not a list'],
  [{}, 'id: is missing; send a text'],
  [{ id: 7 }, 'id: must be a text, not a number'],
  [{ id: null }, 'id: must be a text, not null'],
  [{ id: 'nope' }, 'id: must be an id as this server makes them (a UUID)'],
  [{ id: crypto.randomUUID(), size: 0, words: ['a'] }, 'size: must be 1 or more'],
  [{ id: crypto.randomUUID(), size: 9, words: ['a'] }, 'size: must be 5 or less'],
  [{ id: crypto.randomUUID(), size: 1.5, words: ['a'] }, 'size: must be a whole number'],
  [{ id: crypto.randomUUID(), size: Number.NaN, words: ['a'] }, 'size: must be a number'],
  [{ id: crypto.randomUUID(), size: 1, words: [] }, 'words: must have at least 1 entry'],
  [{ id: crypto.randomUUID(), size: 1, words: ['long'] }, 'words[0]: must have at most 3 characters'],
  [{ id: crypto.randomUUID(), size: 1, words: ['a'], kind: 'x' }, 'kind: must be one of "pdf", "text"'],
])('what is wrong with %j is said to a person: %s', (input, message) => {
  const { error } = item.extend({ kind }).safeParse(input);

  expect(describeError(error).message).toBe(message);
});

test.each([
  ['PARSE_ERROR', 400, 'invalid-input'],
  ['METHOD_NOT_SUPPORTED', 405, 'invalid-input'],
  ['NOT_FOUND', 404, 'not-found'],
  ['UNSUPPORTED_MEDIA_TYPE', 415, 'unsupported-type'],
] as const)("tRPC's own %s keeps its status %i", (code, httpStatus, appCode) => {
  expect(describeError(new TRPCError({ code, message: 'words' }))).toMatchObject({ code: appCode, httpStatus });
});
