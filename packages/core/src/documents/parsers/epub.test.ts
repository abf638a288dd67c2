import { makeEpub } from '@twin/testing/fixtures/epub';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture, refusalOf } from '../../testing/read-fixture.ts';

test('chapters are read in the order of the spine, each under a heading', async () => {
  const parsed = await readFixture('island.epub');
  expect(parsed.title).toBe('The island');
  expect(outlineOf(parsed)).toEqual([
    'heading1: One: Landing',
    'paragraph: We came ashore at dawn.',
    'heading1: The well',
    'paragraph: The well held sweet water.',
  ]);
});

test('a book whose chapters are under a lock is refused, one whose fonts are is not', async () => {
  const parts = unzipSync(makeEpub('Locked', [{ label: 'One', html: '<p>Words.</p>' }]));
  const lock = (path: string) => strToU8(`<encryption><CipherReference URI="${path}"/></encryption>`);
  const locked = zipSync({ ...parts, 'META-INF/encryption.xml': lock('OPS/text/chapter%201.xhtml') });
  expect(await refusalOf(readBytes('locked.epub', locked))).toBe('password-protected');
  const fonts = zipSync({ ...parts, 'META-INF/encryption.xml': lock('OPS/fonts/a.otf') });
  expect((await readBytes('fonts.epub', fonts)).canonicalText).toContain('Words.');
});
