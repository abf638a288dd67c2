import { makePdf } from '@twin/testing/fixtures/pdf';
import { makeZip } from '@twin/testing/fixtures/zip';
import { expect, test } from 'vitest';
import { readBytes, refusalOf } from '../testing/read-fixture.ts';

const text = (content: string) => new TextEncoder().encode(content);
const zip = makeZip({ 'hidden.txt': text('The hidden text.') });
const pdf = makePdf([['The paper that is seen.']]);

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}

test.each([
  ['a PDF with an archive behind it', 'a.pdf', joined(pdf, zip), 'The paper that is seen.', 'hidden'],
  ['the same under the name of an archive', 'a.zip', joined(pdf, zip), 'The paper that is seen.', 'hidden'],
  ['an archive with a PDF behind it', 'a.zip', joined(zip, pdf), 'The hidden text.', 'paper'],
  ['the same under the name of a PDF', 'a.pdf', joined(zip, pdf), 'The hidden text.', 'paper'],
])('%s is one of them, by its first bytes alone', async (_, fileName, bytes, seen, unseen) => {
  const parsed = await readBytes(fileName, bytes);
  expect(parsed.canonicalText).toContain(seen);
  expect(parsed.canonicalText).not.toContain(unseen);
});

test('a page with an archive behind it is refused: a text holds no such bytes, and nothing is unpacked', async () => {
  const page = text('<!doctype html><title>Notes</title><p>The page that is seen.</p>');
  expect(await refusalOf(readBytes('a.html', joined(page, zip)))).toBe('unknown-type');
});
