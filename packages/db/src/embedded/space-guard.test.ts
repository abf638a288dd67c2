import { expect, test } from 'vitest';
import { createSpaceGuard } from './space-guard.ts';

const megabyte = 1024 * 1024;
const content = [new Uint8Array(256 * 1024)];

const cases: [free: number, text: string, values: unknown[], refused: boolean][] = [
  [1_000, 'insert into blob_part values ($1)', content, false],
  [150, 'insert into blob_part values ($1)', content, true],
  [150, 'with added as (insert into chunk values ($1)) select 1', ['x'.repeat(20_000)], true],
  [150, 'insert into rate_bucket values ($1)', ['chat:ann'], false],
  [60, 'insert into rate_bucket values ($1)', ['chat:ann'], true],
  [60, 'select updated_at, created from document where id = $1', ['x'.repeat(20_000)], false],
  [60, 'delete from document where id = $1', ['doc-1'], false],
];

test.each(cases)('with %i MB free: %s', (free, text, values, refused) => {
  const assertRoom = createSpaceGuard('unused', () => free * megabyte);
  let code: unknown;
  try {
    assertRoom(text, values);
  } catch (error) {
    code = (error as { code?: unknown }).code;
  }
  expect(code).toBe(refused ? '53100' : undefined);
});

test('the disk of a real folder has some room', () => {
  expect(() => createSpaceGuard(import.meta.dirname)('insert into t values (1)', [])).not.toThrow();
});
