import { growsTooFast } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';
import { createCanonicalText } from '../canonical-text.ts';
import { addHtmlBlocks } from './html-blocks.ts';

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

test('a list keeps the numbers and letters that it shows', async () => {
  const list = '<ol type="a" start="3"><li>Third<li>Fourth<li value="9">Ninth<li>Tenth</ol><ol type="I"><li>One</ol>';
  expect(outlineOf(await readBytes('list.html', page(list)))).toEqual([
    'list-item: c. Third',
    'list-item: d. Fourth',
    'list-item: i. Ninth',
    'list-item: j. Tenth',
    'list-item: I. One',
  ]);
});

test('letters go on behind z, and reversed lists count down, as a browser shows them', async () => {
  const letters = '<ol type="A" start="26"><li>Z<li>AA<li>AB<li value="53">BA<li value="703">AAA</ol>';
  const down =
    '<ol reversed start="3"><li>Three<li>Two<li>One</ol><ol reversed><li>Last<li value="5">Five<li>Four</ol>';
  const odd = '<ol type="constructor"><li>Digits</ol>';
  expect(outlineOf(await readBytes('list.html', page(letters + down + odd)))).toEqual([
    ...['Z', 'AA', 'AB', 'BA', 'AAA'].map((letter) => `list-item: ${letter}. ${letter}`),
    'list-item: 3. Three',
    'list-item: 2. Two',
    'list-item: 1. One',
    'list-item: 3. Last',
    'list-item: 5. Five',
    'list-item: 4. Four',
    'list-item: 1. Digits',
  ]);
});

test('a list is numbered in time that grows with its items', async () => {
  const list = async (items: number) => {
    const { blocks } = await readBytes('long.html', page(`<ol>${'<li>Key</li>'.repeat(items)}</ol>`));
    expect(blocks).toHaveLength(items);
  };
  expect(await growsTooFast(list, { small: 2000, large: 8000, timesMax: 9 })).toBe(false);
}, 120_000);

test('boxes among words say whether they are ticked; those that open a menu say nothing', async () => {
  const form =
    '<div><input type="checkbox" id="menu"></div><ul><li><input type="checkbox" checked> Keys<li><input type="checkbox">Coat</ul><p>Rain <input type="text"></p>';
  const table = '<table><tr><td>Paid</td><td><input type="checkbox" checked></td></tr></table>';
  expect(outlineOf(await readBytes('form.html', page(form + table)))).toEqual([
    'list-item: [x] Keys',
    'list-item: [ ] Coat',
    'paragraph: Rain',
    'table: | Paid | [x] |\n| --- | --- |',
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

test('a page without menus is read whole, however much of it one part seems to be', async () => {
  const table = `<table><tr><td>A</td><td><table><tr><td>${'Of the lamp. '.repeat(4)}</td><td>B1</td></tr><tr><td>C1</td><td>${'Of the oil. '.repeat(4)}</td></tr></table></td></tr></table>`;
  const bare = await readBytes('whole.html', page(`<h1>Rules</h1><p>First of all.</p>${table}<p>Last of all.</p>`));
  expect(bare.canonicalText).toContain('First of all.');
  expect(bare.canonicalText).toContain('Last of all.');
  expect(bare.warnings).toEqual([]);
});

const textOf = (html: string) => {
  const canonical = createCanonicalText({ fileName: 'page.html', charactersMax: 50_000_000 });
  addHtmlBlocks(canonical, html);
  return canonical.finish().canonicalText;
};

test('elements that are left open, each in the one before, are read whole, as deep as browsers go and deeper', async () => {
  const COUNT = 20_000;
  for (const open of ['<div>lens ', '<b><font>lens ', '<table><tr><td>lens ', '<a href="https://example.org/">lens ']) {
    const text = textOf(page(`${open.repeat(COUNT)}</p></span><script>no</script> end`));
    expect(text.match(/lens/g)).toHaveLength(COUNT);
    expect(text).toMatch(/end$/);
    expect(text).not.toContain('no');
  }
  const { canonicalText } = await readBytes('deep.html', page(`Wick ${'<div>'.repeat(COUNT)}lens`));
  expect(canonicalText).toBe('Wick\n\nlens');
  const closed = textOf(`${'<div>'.repeat(COUNT)}in${'</div>'.repeat(COUNT)}<ol><li>out</li></ol>`);
  expect(closed).toBe('in\n\n1. out');
});

test('a page of tables in tables is read whole where it is too large to look for its main part', async () => {
  const tables = `${'<table><tr><td>Wick</td><td>'.repeat(50)}${'<p>lens</p>'.repeat(60_000)}${'</td></tr></table>'.repeat(50)}`;
  const { canonicalText } = await readBytes('tables.html', page(tables));
  expect(canonicalText.match(/lens/g)).toHaveLength(60_000);
  expect(canonicalText.match(/Wick/g)).toHaveLength(50);
});

test.each([
  ['links', '<a href="https://example.org/">lens ', 40_000],
  ['forms', '<form>lens ', 40_000],
  ['formulas', '<math><mi>lens</mi>', 40_000],
  ['brackets', '<', 2_000_000],
])(
  'a page of nothing but %s that are left open is read in seconds',
  async (_, open, count) => {
    const start = process.cpuUsage();
    const { canonicalText } = await readBytes('open.html', page(`Wick ${open.repeat(count)} end`));
    expect(canonicalText).toMatch(/^Wick/);
    expect(canonicalText).toMatch(/end(?: \(https:\/\/example\.org\/\))?$/);
    expect(canonicalText.match(/lens/g) ?? []).toHaveLength(open.includes('lens') ? count : 0);
    expect(process.cpuUsage(start).user / 1_000_000).toBeLessThan(8);
  },
  60_000,
);

test('any number of links in a paragraph is read a link at a time', () => {
  const COUNT = 100_000;
  expect(textOf(`<p>${'<a href="https://example.org/a">lens</a> '.repeat(COUNT)}</p>`).length).toBeGreaterThan(
    20 * COUNT,
  );
});
