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

test.each([
  ['PARSE_ERROR', 400, 'invalid-input'],
  ['METHOD_NOT_SUPPORTED', 405, 'invalid-input'],
  ['NOT_FOUND', 404, 'not-found'],
  ['UNSUPPORTED_MEDIA_TYPE', 415, 'unsupported-type'],
] as const)("tRPC's own %s keeps its status %i", (code, httpStatus, appCode) => {
  expect(describeError(new TRPCError({ code, message: 'words' }))).toMatchObject({ code: appCode, httpStatus });
});
