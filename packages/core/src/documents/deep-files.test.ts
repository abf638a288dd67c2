import { makeDocx } from '@twin/testing/fixtures/docx';
import { makeOpenDocument } from '@twin/testing/fixtures/open-document';
import { expect, test } from 'vitest';
import { readBytes } from '../testing/read-fixture.ts';

const wordNamespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

function wordFile(body: string) {
  const document = `<w:document xmlns:w="${wordNamespace}"><w:body>${body}</w:body></w:document>`;
  return makeDocx([], { parts: { 'word/document.xml': document } });
}

const word = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const odt = (content: string) => makeOpenDocument('text', content);
const inEach = (depth: number, start: string, core: string, end: string) =>
  start.repeat(depth) + core + end.repeat(depth);

function message(depth: number): string {
  const inner = (left: number): string =>
    left === 0
      ? 'Content-Type: text/plain\r\n\r\nThe core.\r\n'
      : `Content-Type: multipart/mixed; boundary="b${left}"\r\n\r\n--b${left}\r\n${inner(left - 1)}\r\n--b${left}--\r\n`;
  return `From: ada@example.org\r\nSubject: Deep\r\n${inner(depth)}`;
}

const tables = (depth: number) =>
  wordFile(
    inEach(depth, '<w:tbl><w:tr><w:tc>', word('The core.'), `${word('Behind.')}</w:tc></w:tr></w:tbl>`) + word('Last.'),
  );

test.each([
  ['tables.docx', tables(2_000), ['The core.', ...Array.from({ length: 2_000 }, () => 'Behind.'), 'Last.']],
  ['message.eml', message(200), ['From: ada@example.org', 'Subject: Deep', 'The core.']],
])('%s, in which one thing is in hundreds of others, keeps all of its text', async (fileName, file, texts) => {
  const { canonicalText } = await readBytes(fileName, file);
  expect(
    canonicalText
      .split(/[\n|]+/)
      .map((text) => text.trim())
      .filter(Boolean),
  ).toEqual(texts);
});

test.each([
  ['changes.docx', wordFile(`<w:p>${inEach(20_000, '<w:ins>', '<w:r><w:t>The core.</w:t></w:r>', '</w:ins>')}</w:p>`)],
  ['sections.odt', odt(inEach(20_000, '<text:section>', '<text:p>The core.</text:p>', '</text:section>'))],
  ['parts.eml', message(300)],
])('%s, which is deeper than can be read, is refused for that', async (fileName, file) => {
  await expect(readBytes(fileName, file)).rejects.toMatchObject({
    reason: 'too-deep',
    message: expect.stringContaining(`“${fileName}” holds things inside of each other`),
  });
});
