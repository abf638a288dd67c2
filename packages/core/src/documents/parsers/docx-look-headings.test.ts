import { expect, test } from 'vitest';
import { markLookHeadings } from './docx-look-headings.ts';

test('a document of very many paragraphs is looked through like any other', () => {
  const paragraph = '<w:p><w:r><w:t>A lamp.</w:t></w:r></w:p>';
  const many = `<w:document><w:body>${paragraph.repeat(200_000)}</w:body></w:document>`;
  expect(markLookHeadings(many, undefined, () => undefined)).toBe(many);
});
