import { makeDocx } from '@twin/testing/fixtures/docx';
import { growsTooFast } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const level = (ilvl: number, format: string, pattern: string, more = '') =>
  `<w:lvl w:ilvl="${ilvl}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${pattern}"/></w:lvl>`;
const list = (id: number, family: number, more = '') =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${family}"/>${more}</w:num>`;
const inList = (id: number, ilvl = 0) => `<w:numPr><w:ilvl w:val="${ilvl}"/><w:numId w:val="${id}"/></w:numPr>`;
const paragraph = (text: string, properties = '') =>
  `<w:p w:rsidR="1"><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;

async function read(families: string, body: string, styles = '') {
  const bytes = makeDocx([{ item: 'In place of' }], {
    parts: {
      'word/document.xml': `<w:document ${word}><w:body>${body}</w:body></w:document>`,
      'word/numbering.xml': `<w:numbering ${word}>${families}</w:numbering>`,
      'word/styles.xml': `<w:styles ${word}>${styles}</w:styles>`,
      'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        ${['numbering', 'styles'].map((name) => `<Relationship Id="${name}" Target="${name}.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${name}"/>`).join('')}</Relationships>`,
    },
  });
  return outlineOf(await readBytes('numbered.docx', bytes));
}

test('a list that goes on behind a paragraph goes on counting, and one that starts anew begins at its start', async () => {
  const families = `<w:abstractNum w:abstractNumId="7">${level(0, 'decimal', '%1.')}</w:abstractNum>${list(1, 7)}
    ${list(2, 7, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')}`;
  const body = [
    paragraph('Rent', inList(1)),
    paragraph('Deposit', inList(1)),
    paragraph('In between.'),
    paragraph('Keys', inList(1)),
    paragraph('Anew', inList(2)),
    paragraph('And on', inList(2)),
  ];
  expect(await read(families, body.join(''))).toEqual([
    'list-item: 1. Rent',
    'list-item: 2. Deposit',
    'paragraph: In between.',
    'list-item: 3. Keys',
    'list-item: 5. Anew',
    'list-item: 6. And on',
  ]);
});

test('clauses carry the numbers that other clauses name them by', async () => {
  const levels = [
    level(0, 'decimal', '%1', '<w:pStyle w:val="Heading1"/>'),
    level(1, 'decimal', '%1.%2'),
    level(2, 'lowerLetter', '(%3)'),
    level(3, 'upperRoman', '%4'),
    level(4, 'bullet', '•'),
  ];
  const families = `<w:abstractNum w:abstractNumId="1">${levels.join('')}</w:abstractNum>${list(3, 1)}`;
  const styles = `<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>
    <w:pPr>${inList(3)}</w:pPr></w:style>`;
  const heading = '<w:pStyle w:val="Heading1"/>';
  const body = [
    paragraph('Term', heading),
    paragraph('One year.', inList(3, 1)),
    paragraph('Notice:', inList(3, 1)),
    paragraph('in writing', inList(3, 2)),
    paragraph('in time', inList(3, 2)),
    paragraph('at noon', inList(3, 3)),
    paragraph('by post', inList(3, 4)),
    paragraph('Annex', `${heading}<w:numPr><w:numId w:val="0"/></w:numPr>`),
    paragraph('Rent', heading),
    paragraph('Monthly.', inList(3, 1)),
  ];
  expect(await read(families, body.join(''), styles)).toEqual([
    'heading1: 1 Term',
    'list-item: 1.1 One year.',
    'list-item: 1.2 Notice:',
    'list-item: (a) in writing',
    'list-item: (b) in time',
    'list-item: I at noon',
    'list-item: by post',
    'heading1: Annex',
    'heading1: 2 Rent',
    'list-item: 2.1 Monthly.',
  ]);
});

test('numbers are those that hold: of tracked changes the new, of empty paragraphs none', async () => {
  const families = `<w:abstractNum w:abstractNumId="1">${level(0, 'chineseCounting', '第%1条')}</w:abstractNum>${list(1, 1)}`;
  const changed = `<w:pPrChange w:id="1"><w:pPr>${inList(1)}</w:pPr></w:pPrChange>`;
  const gone = `<w:p><w:pPr>${inList(1)}<w:rPr><w:del w:id="2"/></w:rPr></w:pPr><w:del w:id="3"><w:r><w:delText>Gone</w:delText></w:r></w:del></w:p>`;
  const body = [
    paragraph('甲', inList(1)),
    gone,
    paragraph('No longer numbered', changed),
    `<w:p><w:pPr>${inList(1)}</w:pPr></w:p>`,
    paragraph('乙', inList(1)),
  ];
  expect(await read(families, body.join(''))).toEqual([
    'list-item: 第一条 甲',
    'paragraph: No longer numbered',
    'list-item: 第三条 乙',
  ]);
});

test.each(['<w:pPr/>', '<w:pPr />', '<w:pPr w:rsid="1"/>', '<w:pPr></w:pPr>', ''])(
  'a number stays with its paragraph where that had no properties before a tracked change (%s)',
  async (before) => {
    const families = `<w:abstractNum w:abstractNumId="1">${level(0, 'decimal', '%1.')}</w:abstractNum>${list(1, 1)}`;
    const change = before === '' ? '<w:pPrChange w:id="1"/>' : `<w:pPrChange w:id="1">${before}</w:pPrChange>`;
    const body = ['A', 'B', 'C', 'D'].map((text) => paragraph(text, inList(1) + (text === 'B' ? change : '')));
    expect(await read(families, body.join(''))).toEqual(
      ['A', 'B', 'C', 'D'].map((text, index) => `list-item: ${index + 1}. ${text}`),
    );
  },
);

test('a style is looked through once, however many paragraphs have it', async () => {
  const families = `<w:abstractNum w:abstractNumId="1">${level(0, 'decimal', '%1.')}</w:abstractNum>${list(1, 1)}`;
  const styles = `<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/>${'<w:x/>'.repeat(40_000)}
    <w:pPr>${inList(1)}</w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="Step"><w:name w:val="Step"/><w:basedOn w:val="Base"/></w:style>`;
  const climb = async (count: number) => {
    const body = paragraph('Climb', '<w:pStyle w:val="Step"/>').repeat(count);
    expect((await read(families, body, styles)).at(-1)).toMatch(new RegExp(`: ${count}\\. Climb$`));
  };
  expect(await growsTooFast(climb, { small: 10, large: 2000, timesMax: 5 })).toBe(false);
}, 60_000);
