import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const page = (body: string) => `<!doctype html><html><body>${body}</body></html>`;

test('the caption of a table stands before it', async () => {
  const table =
    '<table><caption>Rain in mm</caption><tr><th>Day</th><th>Rain</th></tr><tr><td>One</td><td>4</td></tr></table>';
  expect(outlineOf(await readBytes('rain.html', page(table)))).toEqual([
    'paragraph: Rain in mm',
    'table: | Day | Rain |\n| --- | --- |\n| One | 4 |',
  ]);
});

test('the number of an item without text is nobody else’s', async () => {
  const list =
    '<ol><li>First</li><li><img src="a.png"></li><li><p>Third</p><p>goes on</p></li></ol><p>After the list.</p>';
  expect(outlineOf(await readBytes('list.html', page(list)))).toEqual([
    'list-item: 1. First',
    'list-item: 3. Third',
    'list-item: goes on',
    'paragraph: After the list.',
  ]);
});

test('a page is read in the charset its server declared, whatever it says itself', async () => {
  const { parseDocument } = await import('../parse-document.ts');
  const { readLimits } = await import('../read-limits.ts');
  const bytes = Uint8Array.from([
    ...Buffer.from('<!doctype html><meta charset="iso-8859-1"><p>'),
    0xcf,
    0xf0,
    0xe8,
    0xe2,
    0xe5,
    0xf2,
  ]);
  const parsed = await parseDocument({
    bytes,
    fileName: 'page.html',
    mediaType: 'text/html; charset=windows-1251',
    limits: readLimits,
  });
  expect(parsed.canonicalText).toBe('Привет');
});
