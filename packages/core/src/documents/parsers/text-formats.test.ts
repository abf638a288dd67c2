import { makeDocx } from '@twin/testing/fixtures/docx';
import { makeOpenDocument } from '@twin/testing/fixtures/open-document';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture } from '../../testing/read-fixture.ts';

test.each([
  ['film.srt', ['paragraph: 00:00:01 The lamp was lit in May. Nobody came.', 'paragraph: 00:01:10 The end.']],
  ['talk.vtt', ['paragraph: 00:01 Ada: Welcome & sit down.']],
  [
    'people.vcf',
    [
      'heading1: Ada Quill',
      'paragraph: Phone: +44 20 7946 0000\nAddress: 1 Harbour Rd, Port Selwyn, PS1, UK\nNote: Likes tea, and\nthe long way home',
      'heading1: Jürgen',
      'paragraph: E-mail: j@example.org',
    ],
  ],
  [
    'year.ics',
    [
      'heading1: Meeting, quarterly',
      'paragraph: From: 2024-05-04 09:30 Europe/Berlin\nUntil: 2024-05-04 08:30 UTC\nOrganiser: Ada Quill <ada@example.org>',
      'heading1: Lamp day',
      'paragraph: From: 2024-06-01',
    ],
  ],
  [
    'news.xml',
    [
      'heading1: Selwyn news',
      'heading2: Lamp lit',
      'paragraph: Address: https://news.example/1',
      'paragraph: It was lit.',
      'heading2: Bell',
      'paragraph: It rang.',
    ],
  ],
  ['notes.enex', ['heading1: Oil', 'paragraph: Tags: lamp', 'paragraph: Buy oil', 'list-item: one can']],
  ['plan.svg', ['heading1: Plan of the light', 'paragraph: Lamp room']],
  [
    'paper.tex',
    [
      'heading1: On lamps',
      'heading2: Oil',
      'paragraph: It burns well [quill] at 5% cost. See our shop (https://example.org/oil), café and $E=mc^2$.',
      'list-item: one lamp',
      'list-item: two bells',
      'table: | Ship | Crew |\n| --- | --- |\n| Meridian | 18 |',
      'code:     50 % of it\n  stays',
    ],
  ],
  ['letter.fodt', ['heading1: The letter', 'paragraph: Come in May.']],
  [
    'saved.mht',
    [
      'paragraph: From: Saved by a browser\nSubject: The lamps',
      'heading1: The lamps',
      'paragraph: They were lit in May.',
    ],
  ],
  [
    'chat.txt',
    [
      'paragraph: 12/05/2024, 09:15 - Ada: Is it lit?',
      'paragraph: 12/05/2024, 09:16 - Grace: Yes.\nSince May.',
      'paragraph: 12/05/2024, 09:17 - Ada: Good.',
    ],
  ],
])('%s is read as what it shows', async (fileName, expected) => {
  expect(outlineOf(await readFixture(fileName))).toEqual(expected);
});

const subset = '[\n  <!ENTITY lamp "<b>a lamp]</b>">\n  <!-- It isn’t read. -->\n]';

test.each([
  [
    'plan.svg',
    `<?xml version="1.0"?>\n<!-- Generator: Illustrator -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" ${subset}>\n<svg xmlns:x="&lamp;"><text>Lamp &lamp; room</text></svg>`,
    ['paragraph: Lamp &lamp; room'],
  ],
  [
    'news.xml',
    `<?xml version="1.0"?><!DOCTYPE rss ${subset} ><rss><channel><title>News</title><item><title>Lit</title><description>&lt;p&gt;In May.&lt;/p&gt;</description></item></channel></rss>`,
    ['heading1: News', 'heading2: Lit', 'paragraph: In May.'],
  ],
  [
    'paper.xml',
    `<!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "JATS.dtd" ${subset}><article article-type="research-article"><front/><body><sec><title>Oil</title><p>It burns.</p></sec></body></article>`,
    ['heading2: Oil', 'paragraph: It burns.'],
  ],
  [
    'book.fb2',
    `<?xml version="1.0"?><!DOCTYPE FictionBook ${subset}><FictionBook><description><title-info><book-title>Lamps</book-title></title-info></description><body><section><p>It was lit.</p></section></body></FictionBook>`,
    ['heading1: Lamps', 'paragraph: It was lit.'],
  ],
  [
    'letter.fodt',
    `<?xml version="1.0"?><!DOCTYPE office:document ${subset}><office:document office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>It was &lamp;.</text:p></office:text></office:body></office:document>`,
    ['paragraph: It was &lamp;.'],
  ],
  [
    'page.xhtml',
    `<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "xhtml11.dtd" ${subset}><html><body><p>It was lit.</p></body></html>`,
    ['paragraph: It was lit.'],
  ],
])(
  '%s with declarations in its document type is read as what it shows, nothing of them expanded',
  async (name, source, expected) => {
    expect(outlineOf(await readBytes(name, source))).toEqual(expected);
    const long = source.replace('<!ENTITY', `${'<!ENTITY one "1">'.repeat(180)}<!ENTITY`);
    expect(outlineOf(await readBytes(name, long))).toEqual(expected);
  },
);

test('lines of a log that begin with a time are not split as a chat', async () => {
  const log = '2024-05-12 09:15:01 started\n2024-05-12 09:15:02 stopped\n2024-05-12 09:15:03 started';
  expect(outlineOf(await readBytes('server.log', log))).toEqual([`paragraph: ${log}`]);
});

test.each(['\n', '\n\n'])('nor are entries whose time stands in brackets, with %j between them', async (between) => {
  const entries = ['[2024-05-01 09:15:30] started', '[2024-05-01 09:15:31] stopped', '[2024-05-01 09:15:32] started'];
  const log = [...entries, 'at lamp.ts'].join(between);
  expect(outlineOf(await readBytes('server.txt', log))).toEqual(
    log.split('\n\n').map((paragraph) => `paragraph: ${paragraph}`),
  );
});

test('footnotes of a Rich Text file follow their paragraph', async () => {
  const rtf = String.raw`{\rtf1 It was lit in May{\super\chftn{\*\footnote\chftn\pard\plain In 1874.}}, at dusk.\par Next.\par}`;
  expect(outlineOf(await readBytes('notes.rtf', rtf))).toEqual([
    'paragraph: It was lit in May, at dusk.',
    'paragraph: In 1874.',
    'paragraph: Next.',
  ]);
});

const formula =
  '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><msup><mi>a</mi><mn>2</mn></msup><mo>=</mo><mfrac><mrow><mi>b</mi><mo>+</mo><mi>c</mi></mrow><mn>2</mn></mfrac></mrow></semantics></math>';

test('a formula of an OpenDocument text, which is a document of its own, is read where it stands', async () => {
  const text = '<text:p>It is <draw:frame><draw:object xlink:href="./Object 1"/></draw:frame> high.</text:p>';
  const parts = unzipSync(makeOpenDocument('text', text));
  const bytes = zipSync({ ...parts, 'Object 1/content.xml': strToU8(`<?xml version="1.0"?>${formula}`) });
  expect(outlineOf(await readBytes('formula.odt', bytes))).toEqual(['paragraph: It is a^2=(b+c)/2 high.']);
});

test('a formula of a page is read once: as it was typed, where that is beside it', async () => {
  const typed = formula.replace(
    '</semantics>',
    '<annotation encoding="application/x-tex">a^2 = \\frac{b+c}{2}</annotation></semantics>',
  );
  const page = `<!doctype html><html><body><p>Plain ${formula}.</p><p>Typed ${typed}.</p></body></html>`;
  expect(outlineOf(await readBytes('formula.html', page))).toEqual([
    'paragraph: Plain a^2=(b+c)/2.',
    'paragraph: Typed a^2 = \\frac{b+c}{2}.',
  ]);
});

test('code and quotes of a Word document are code and quotes, the code with its indent', async () => {
  const line = (style: string, text: string) =>
    `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
  const style = (id: string, name: string) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;
  const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const bytes = makeDocx([], {
    parts: {
      'word/document.xml': `<w:document ${w}><w:body>${line('C', '    def f():')}${line('C', '        return 1')}${line('Q', 'It was lit.')}</w:body></w:document>`,
      'word/styles.xml': `<w:styles ${w}>${style('C', 'HTML Preformatted')}${style('Q', 'Intense Quote')}</w:styles>`,
      'word/_rels/document.xml.rels':
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Target="styles.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>',
    },
  });
  expect(outlineOf(await readBytes('code.docx', bytes))).toEqual([
    'code:     def f():\n        return 1',
    'quote: It was lit.',
  ]);
});

test('links between notes are read as they are shown', async () => {
  expect(outlineOf(await readBytes('note.md', 'See [[Meridian|the ship]], [[Selwyn#Port]] and `[[code]]`.'))).toEqual([
    'paragraph: See the ship, Selwyn > Port and [[code]].',
  ]);
});

test('items of a Rich Text file whose marks are written out are items', async () => {
  const rtf = String.raw`{\rtf1 \bullet\tab one\par 2.\tab two\par \endash  no item\par}`;
  expect(outlineOf(await readBytes('list.rtf', rtf))).toEqual([
    'list-item: one',
    'list-item: 2. two',
    'paragraph: – no item',
  ]);
});
