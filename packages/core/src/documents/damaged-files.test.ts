import { listFixtureFiles } from '@twin/testing/fixtures/fixture-files';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../app-error.ts';
import { parseDocument } from './parse-document.ts';
import { readLimits } from './read-limits.ts';

/** Long enough to be worth damaging, short enough to be read many times. */
const files = listFixtureFiles().filter(({ bytes }) => bytes.length > 100 && bytes.length < 20_000);

test.each(files)('$fileName, however it is damaged, is read or refused with a reason', async ({ fileName, bytes }) => {
  const prototype = Object.getOwnPropertyNames(Object.prototype);
  const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(bytes.length), async (changes, cut) => {
      const damaged = bytes.slice(0, cut % 3 === 0 ? cut : bytes.length);
      for (const [at, value] of changes) if (at < damaged.length) damaged[at] = value;
      const error: unknown = await parseDocument({
        bytes: damaged,
        fileName,
        mediaType: null,
        limits: readLimits,
      }).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) return;
      expect(error).toBeInstanceOf(AppError);
      expect(error).toHaveProperty('reason', expect.any(String));
    }),
    { numRuns: 25 },
  );
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototype);
});
