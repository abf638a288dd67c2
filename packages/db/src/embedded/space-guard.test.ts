import { expect, test } from 'vitest';
import { createSpaceGuard } from './space-guard.ts';

const megabyte = 1024 * 1024;
const content = [new Uint8Array(256 * 1024)];

test.each([
  ['plenty', 1_000, 'insert into blob_part values ($1)', content, true],
  ['little', 150, 'insert into blob_part values ($1)', content, false],
  ['little', 150, 'with added as (insert into chunk values ($1)) select 1', ['x'.repeat(20_000)], false],
  ['little', 150, 'insert into rate_bucket values ($1)', ['chat:ann'], true],
  ['hardly any', 60, 'insert into rate_bucket values ($1)', ['chat:ann'], false],
  ['hardly any', 60, 'select updated_at, created from document where id = $1', ['x'.repeat(20_000)], true],
  ['hardly any', 60, 'delete from document where id = $1', ['doc-1'], true],
])('with %s free (%i MB): %s', (_name, free, text, values, allowed) => {
  const assertRoom = createSpaceGuard('unused', () => free * megabyte);
  const attempt = () => assertRoom(text, values);
  if (allowed) expect(attempt).not.toThrow();
  else expect(attempt).toThrow(expect.objectContaining({ code: '53100' }));
});

test('the disk of a real folder has some room', () => {
  expect(() => createSpaceGuard(import.meta.dirname)('insert into t values (1)', [])).not.toThrow();
});
