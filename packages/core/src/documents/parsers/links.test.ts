import { makeDocx } from '@twin/testing/fixtures/docx';
import { makeEmail } from '@twin/testing/fixtures/email';
import { makeOpenDocument } from '@twin/testing/fixtures/open-document';
import { makePdf } from '@twin/testing/fixtures/pdf';
import { makePptx } from '@twin/testing/fixtures/pptx';
import { makeXlsx } from '@twin/testing/fixtures/xlsx';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';
import { chunkDocument } from '../chunk-document.ts';

const shop = 'https://example.org/shop?tea=2';
const page = (body: string) => `<!doctype html><html><body>${body}</body></html>`;

test('links of a page keep where they lead, but for those within the site, in headings and around whole cards', async () => {
  const body = `<h2><a href="${shop}">Tea</a></h2><p>See <a href="${shop}"><b>our</b> shop </a>or <a href="/map">the map</a>.</p>
    <ul><li><a href="mailto:ada@example.org">Write to Ada</a></ul><a href="${shop}"><p>Green tea</p><p>Two boxes</p></a>
    <table><tr><th>Shop</th><th>Town</th></tr><tr><td><a href="${shop}">Ours</a></td><td>Aby</td></tr></table>`;
  expect(outlineOf(await readBytes('tea.html', page(body)))).toEqual([
    'heading2: Tea',
    `paragraph: See our shop (${shop}) or the map.`,
    'list-item: Write to Ada (mailto:ada@example.org)',
    'paragraph: Green tea',
    'paragraph: Two boxes',
    `table: | Shop | Town |\n| --- | --- |\n| Ours (${shop}) | Aby |`,
  ]);
});

test('a page whose menus are full of addresses is cut to the same part as one whose menus lead within the site', async () => {
  const menu = (address: string) =>
    `<nav>${Array.from({ length: 20 }, (_, index) => `<p><a href="${address}${index}">Menu ${index}</a></p>`).join('')}</nav>`;
  const article = `<article><h1>Tides</h1>${'<p>The tide comes in twice a day, and it goes out as often, whatever the wind does.</p>'.repeat(12)}</article>`;
  const [outside, inside] = await Promise.all(
    ['https://example.org/a/long/way/to/go/', '#'].map((address) =>
      readBytes('tides.html', page(menu(address) + article)),
    ),
  );
  expect(outside?.canonicalText).toBe(inside?.canonicalText);
  expect(outside?.warnings).toEqual(inside?.warnings);
});

test('links of a Word document, an OpenDocument text and a message keep where they lead', async () => {
  const word = makeDocx([], {
    parts: {
      'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
        <w:body><w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:hyperlink r:id="l"><w:r><w:t>our shop</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p></w:body></w:document>`,
      'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="l" TargetMode="External" Target="${shop}"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/></Relationships>`,
    },
  });
  const text = makeOpenDocument('text', `<text:p>See <text:a xlink:href="${shop}">our shop</text:a>.</text:p>`);
  const seen = `paragraph: See our shop (${shop}).`;
  expect(outlineOf(await readBytes('tea.docx', word))).toEqual([seen]);
  expect(outlineOf(await readBytes('tea.odt', text))).toEqual([seen]);
  const message = Buffer.from(makeEmail('Tea', '', []))
    .toString()
    .replace('text/plain', 'text/html');
  expect(message).toContain('text/html');
  const html = message.replace(/(text\/html[\s\S]*?\r?\n\r?\n)/, `$1<p>See <a href="${shop}">our shop</a>.</p>`);
  expect(outlineOf(await readBytes('tea.eml', html))).toContain(seen);
});

test('links of a Rich Text file keep where they lead, but for those within it and in headings', async () => {
  const link = (instruction: string, text: string) =>
    `{\\field{\\*\\fldinst{ HYPERLINK ${instruction} }}{\\fldrslt{\\ul\\cf1 ${text}}}}`;
  const body = [
    `\\pard See ${link(`"${shop}"`, 'our {\\b shop}')} or ${link('\\\\l "map"', 'the map')}, page {\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}.\\par`,
    `\\pard\\outlinelevel0 ${link(`"${shop}"`, 'Tea')}\\par`,
    `\\pard\\intbl ${link(`"${shop}"`, 'Ours')}\\cell Aby\\cell\\row`,
  ];
  expect(outlineOf(await readBytes('tea.rtf', `{\\rtf1\\ansi ${body.join('\n')}}`))).toEqual([
    `paragraph: See our shop (${shop}) or the map, page 7.`,
    'heading1: Tea',
    `table: | Ours (${shop}) | Aby |\n| --- | --- |`,
  ]);
});

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const target = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="l" TargetMode="External" Target="${shop}" Type="${office}/hyperlink"/></Relationships>`;

test('links on a slide keep where they lead, once behind all their words, and not in its title', async () => {
  const run = (text: string, isLink = false) =>
    `<a:r><a:rPr>${isLink ? '<a:hlinkClick r:id="l"/>' : ''}</a:rPr><a:t>${text}</a:t></a:r>`;
  const shape = (type: string, runs: string) =>
    `<p:sp><p:nvSpPr><p:cNvPr id="2" name="S"/><p:cNvSpPr/><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:txBody><a:p>${runs}</a:p></p:txBody></p:sp>`;
  const slide = `<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${office}"><p:cSld><p:spTree>
    ${shape('title', run('Tea', true))}${shape('body', `${run('See ')}${run('our ', true)}${run('shop', true)}${run('.')}`)}</p:spTree></p:cSld></p:sld>`;
  const parts = unzipSync(makePptx([{ title: 'Tea' }]));
  const path = Object.keys(parts).find((name) => /slides\/slide\d+\.xml$/.test(name)) ?? '';
  const rels = path.replace('slides/', 'slides/_rels/').concat('.rels');
  const bytes = zipSync({ ...parts, [path]: strToU8(slide), [rels]: strToU8(target) });
  expect(outlineOf(await readBytes('tea.pptx', bytes))).toEqual([
    'heading1: Tea',
    `list-item: See our shop (${shop}).`,
  ]);
});

test('links of cells keep where they lead, those made by a formula as well', async () => {
  const cell = (at: string, text: string, formula = '') =>
    formula === ''
      ? `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
      : `<c r="${at}" t="str"><f>${formula}</f><v>${text}</v></c>`;
  const sheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><sheetData>
    <row r="1">${cell('A1', 'Shop')}${cell('B1', 'Town')}</row><row r="4">${cell('A4', 'Ours')}${cell('B4', 'Aby', `HYPERLINK("${shop}","Aby")`)}</row>
    </sheetData><hyperlinks><hyperlink ref="A4" r:id="l"/><hyperlink ref="B1" location="Other!A1"/></hyperlinks></worksheet>`;
  const parts = unzipSync(makeXlsx([{ name: 'Shops', rows: [['a', 'b']] }]));
  const path = Object.keys(parts).find((name) => /worksheets\/[^/]+\.xml$/.test(name)) ?? '';
  const rels = path.replace('worksheets/', 'worksheets/_rels/').concat('.rels');
  const bytes = zipSync({ ...parts, [path]: strToU8(sheet), [rels]: strToU8(target) });
  const text = outlineOf(await readBytes('tea.xlsx', bytes)).join('\n');
  expect(text).toContain(`Ours (${shop})`);
  expect(text).toContain(`Aby (${shop})`);
  expect(text.match(/\(https/g)).toHaveLength(2);
});

test('a formula that was never calculated is read as it is written; one that came to nothing is empty', async () => {
  const sheet =
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Sum</t></is></c><c r="B1"><f>B2*2</f><v></v></c><c r="C1" t="str"><f>IF(A1,"")</f><v></v></c><c r="D1"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>';
  const parts = unzipSync(makeXlsx([{ name: 'Sums', rows: [['a', 'b']] }]));
  const path = Object.keys(parts).find((name) => /worksheets\/[^/]+\.xml$/.test(name)) ?? '';
  const text = outlineOf(await readBytes('sums.xlsx', zipSync({ ...parts, [path]: strToU8(sheet) }))).join('\n');
  expect(text).toContain('| Sum | =B2*2 | 2 |');
});

/** A page of these lines, 14 points apart from 786 down, with links on it. */
function linkedPdf(lines: string[], links: { rect: number[]; address: string }[]) {
  const annotations = links.map(
    ({ rect, address }) =>
      `<< /Type /Annot /Subtype /Link /Rect [${rect.join(' ')}] /A << /S /URI /URI (${address}) >> >>`,
  );
  const dictionary =
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 11 0 R';
  return makePdf([lines], { objects: new Map([[10, `${dictionary} /Annots [${annotations.join(' ')}] >>`]]) });
}

test('words of a PDF that lead somewhere keep where, at the end where they run over two lines', async () => {
  const lines = ['Tea is sold in our shop and also in the', 'old harbour. Ask Ada about our shop.'];
  const bytes = linkedPdf(lines, [
    { rect: [189, 783, 265, 797], address: 'https://example.org/harbour' },
    { rect: [60, 769, 124, 783], address: 'https://example.org/harbour' },
    { rect: [128, 783, 168, 797], address: shop },
    { rect: [126, 769, 165, 783], address: 'mailto:ada@example.org' },
  ]);
  const parsed = await readBytes('tea.pdf', bytes);
  expect(outlineOf(parsed)).toEqual([
    `paragraph: Tea is sold in our shop (${shop}) and also in the old harbour (https://example.org/harbour). Ask Ada (mailto:ada@example.org) about our shop.`,
  ]);
});

test('an address within a paragraph ends no sentence of it', () => {
  const sentence = `Sentence of a page that says see our shop (${shop}) for more of these. `;
  const text = sentence.repeat(60).trim();
  const chunks = [
    ...chunkDocument({ canonicalText: text, blocks: [{ kind: 'paragraph', start: 0, end: text.length }] }),
  ];
  expect(chunks.length).toBeGreaterThan(2);
  for (const { content } of chunks) expect(content).toMatch(/^Sentence[\s\S]*these\.$/);
});
