import { makeDocx } from '@twin/testing/fixtures/docx';
import { describe, expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006';

/** A Word document with this body, and with parts that it refers to by the names of their relationships. */
function makeDocument(body: string, parts: Record<string, { target: string; content: string }>) {
  const relationships = Object.entries(parts).map(
    ([id, { target }]) => `<Relationship Id="${id}" Type="${office}/relationships/${id}" Target="${target}"/>`,
  );
  return makeDocx([], {
    parts: {
      'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        xmlns:r="${office}/relationships"><w:body>${body}</w:body></w:document>`,
      'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relationships.join('')}</Relationships>`,
      ...Object.fromEntries(Object.values(parts).map(({ target, content }) => [`word/${target}`, content])),
    },
  });
}

const paragraph = (content: string) => `<w:p><w:r>${content}</w:r></w:p>`;

test('files that a program put into a document are read in their places', async () => {
  const body = `${paragraph('<w:t>Before.</w:t>')}<w:altChunk r:id="aFChunk"/>${paragraph('<w:t>After.</w:t>')}`;
  const content = '<!doctype html><p>Tides &amp; winds.</p><p>Second.</p>';
  const parsed = await readBytes('merged.docx', makeDocument(body, { aFChunk: { target: 'part.html', content } }));
  expect(outlineOf(parsed)).toEqual([
    'paragraph: Before.',
    'paragraph: Tides & winds.',
    'paragraph: Second.',
    'paragraph: After.',
  ]);
});

test('equations that follow each other are told apart', async () => {
  const equation = (text: string) => `<m:oMath><m:r><m:t>${text}</m:t></m:r></m:oMath>`;
  const body = `<w:p>${equation('a=b')}${equation('c=d')}</w:p><w:p>${equation('e')}<w:r><w:t>, not </w:t></w:r>${equation('f')}</w:p>`;
  expect(outlineOf(await readBytes('equations.docx', makeDocument(body, {})))).toEqual([
    'paragraph: a=b c=d',
    'paragraph: e, not f',
  ]);
});

test('charts and diagrams are told in words where they stand', async () => {
  const drawing = (inner: string) => paragraph(`<w:drawing>${inner}</w:drawing>`);
  const body = `${drawing('<c:chart r:id="chart"/>')}${drawing('<dgm:relIds r:dm="diagramData"/>')}`;
  const point = (value: string) => `<c:pt idx="0"><c:v>${value}</c:v></c:pt>`;
  const chart = `<c:chartSpace><c:title><a:t>Rain</a:t></c:title><c:ser><c:tx>${point('Litres')}</c:tx><c:cat>${point('May')}</c:cat>
    <c:val>${point('41')}</c:val></c:ser></c:chartSpace>`;
  const diagram = '<dgm:dataModel><a:p><a:r><a:t>Sow first</a:t></a:r></a:p></dgm:dataModel>';
  const parsed = await readBytes(
    'drawn.docx',
    makeDocument(body, {
      chart: { target: 'charts/chart1.xml', content: chart },
      diagramData: { target: 'diagrams/data1.xml', content: diagram },
    }),
  );
  expect(outlineOf(parsed)).toEqual(['paragraph: Rain\nCategory: May, Litres: 41', 'paragraph: Sow first']);
});

test('a style that somebody made is a heading where its outline, or the style it is based on, says so', async () => {
  const style = (id: string, name: string, inner: string) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${inner}</w:style>`;
  const styles = [
    style('Heading2', 'heading 2', ''),
    style('Clause', 'Clause (ours)', '<w:basedOn w:val="Heading2"/>'),
    style('Part', 'Part', '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
    style('Body', 'Body', '<w:basedOn w:val="Part"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
    style('Round', 'Round', '<w:basedOn w:val="Round"/>'),
  ];
  const texts = ['Part', 'Clause', 'Body', 'Round'].map(
    (id) => `<w:p><w:pPr><w:pStyle w:val="${id}"/></w:pPr><w:r><w:t>Of ${id}</w:t></w:r></w:p>`,
  );
  const content = `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${styles.join('')}</w:styles>`;
  const parsed = await readBytes(
    'ours.docx',
    makeDocument(texts.join(''), { styles: { target: 'styles.xml', content } }),
  );
  expect(outlineOf(parsed)).toEqual([
    'heading1: Of Part',
    'heading2: Of Clause',
    'paragraph: Of Body',
    'paragraph: Of Round',
  ]);
});

test('a box of a form says whether it is ticked', async () => {
  const word14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"';
  const box = (checked: string, sign: string) =>
    `<w:sdt ${word14}><w:sdtPr><w14:checkbox><w14:checked w14:val="${checked}"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>${sign}</w:t></w:r></w:sdtContent></w:sdt>`;
  const body = `<w:p>${box('1', '☒')}<w:r><w:t xml:space="preserve"> Married</w:t></w:r></w:p><w:p>${box('0', '☐')}<w:r><w:t>Single</w:t></w:r></w:p>`;
  expect(outlineOf(await readBytes('form.docx', makeDocument(body, {})))).toEqual([
    'paragraph: [x] Married',
    'paragraph: [ ] Single',
  ]);
});

test('characters with their reading above are read once, in their word', async () => {
  const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`;
  const ruby = `<w:r><w:ruby><w:rt>${run('とうきょう')}</w:rt><w:rubyBase>${run('東京')}</w:rubyBase></w:ruby></w:r>`;
  const parsed = await readBytes('city.docx', makeDocument(`<w:p>${ruby}${run('駅')}</w:p>`, {}));
  expect(outlineOf(parsed)).toEqual(['paragraph: 東京駅']);
  const page = '<!doctype html><p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>駅</p>';
  expect((await readBytes('city.html', page)).canonicalText).toBe('東京駅');
});

test('what stands in a field, or is written in the other direction, is read', async () => {
  const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
  const field = `<w:fldSimple w:instr=" MERGEFIELD Name "/><w:fldSimple w:instr=" SEQ Table "><w:r><w:t>4</w:t></w:r></w:fldSimple>`;
  const turned = `<w:dir w:val="rtl"><w:bdo w:val="rtl">${run('سلام')}</w:bdo></w:dir>`;
  const body = `<w:p>${run('Table ')}${field}${run(': ')}${turned}</w:p>`;
  expect(outlineOf(await readBytes('merged.docx', makeDocument(body, {})))).toEqual(['paragraph: Table 4: سلام']);
});

describe('headings that were made by hand', () => {
  const look = (text: string, run = '', properties = '') =>
    `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}<w:r><w:rPr>${run}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
  const prose = look('The keeper fills the lamp at dusk, trims it at midnight and puts it out when the sun is up.');
  const list = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>';
  const numbering = (
    format: string,
  ) => `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
    <w:numFmt w:val="${format}"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;
  const read = async (body: string, format = 'decimal') => {
    const part = { numbering: { target: 'numbering.xml', content: numbering(format) } };
    return outlineOf(await readBytes('by-hand.docx', makeDocument(body, part))).map((block) => block.slice(0, 30));
  };

  test('are headings by their size, their weight and their capitals, in that order', async () => {
    const body = [
      look('CHAPTER 1', '<w:b/><w:sz w:val="50"/>', '<w:jc w:val="center"/>') + look(' '),
      look('The light', '<w:sz w:val="28"/>') + prose,
      look('Oil', '<w:b w:val="1"/>', list) + prose,
      look('A.</w:t><w:tab/><w:t>PURPOSE') + prose,
    ];
    const told = 'paragraph: The keeper fills th';
    expect(await read(body.join(''))).toEqual([
      'heading1: CHAPTER 1',
      'heading2: The light',
      told,
      'heading3: 1. Oil',
      told,
      'heading4: A. PURPOSE',
      told,
    ]);
  });

  test('stand below headings by style, but for a title above them', async () => {
    const styled = look('Duties', '', '<w:pStyle w:val="Heading2"/>');
    const body = `${look('Port Selwyn', '<w:sz w:val="40"/>')}${styled}${look('Oil', '<w:b/>')}${prose}${prose}`;
    expect((await read(body)).slice(0, 3)).toEqual(['heading1: Port Selwyn', 'heading2: Duties', 'heading4: Oil']);
  });

  test('are no sentences, items, cells, addresses or stressed words', async () => {
    const body = [
      look('Do not touch the lens.', '<w:b/>') + prose,
      look('Matches', '<w:b/>', list) + prose,
      `<w:tbl><w:tr><w:tc>${look('Name', '<w:b/>')}</w:tc></w:tr></w:tbl>${prose}`,
      `${look('HARBOUR OFFICE')}${look('12 Quay Street')}`,
      look('Keeper:</w:t></w:r><w:r><w:t> Ada', '<w:b/>') + prose,
      look('Name</w:t><w:tab/><w:t>Ada', '<w:b/>') + prose,
      look('Weak', '<w:b w:val="0"/>') + prose,
    ];
    const outline = await read(body.join('') + prose + prose, 'bullet');
    expect(outline.filter((block) => block.startsWith('heading'))).toEqual([]);
    expect(outline).toContain('list-item: Matches');
  });

  test('are none where most of the text looks so', async () => {
    const bold = look('Everything in this notice is in bold type', '<w:b/>');
    expect((await read(`${bold}${look('Until here.')}${bold}${look('No more.')}`)).join()).not.toContain('heading');
  });
});

test('equation fields are read by their instructions: furigana by its base, fractions in one line', async () => {
  const mark = (kind: string) => `<w:r><w:fldChar w:fldCharType="${kind}"/></w:r>`;
  const text = (content: string) => `<w:r><w:t xml:space="preserve">${content}</w:t></w:r>`;
  const field = (pieces: readonly string[], element = 'w:instrText') =>
    `${mark('begin')}${pieces.map((piece) => `<w:r><${element} xml:space="preserve">${piece}</${element}></w:r>`).join('')}`;
  const furigana = String.raw`EQ \* jc2 \* &quot;Font:MS Mincho&quot; \* hps10 \o\ad(\s\up 9(とうきょう),東京)`;
  const half = field([String.raw` EQ \f(1,`, '2) ']) + mark('end');
  const body = [
    `${field([furigana])}${mark('end')}${text('駅')}`,
    `${text('It weighs 3')}${half}${text(' pounds, ')}${half}${text(' of it &amp; more.')}`,
    `${field([furigana])}${mark('separate')}${text('大阪')}${mark('end')}`,
    `${field([furigana])}${mark('separate')}${mark('end')}`,
    `${text('Page ')}${field([' PAGE '])}${mark('separate')}${text('7')}${mark('end')}`,
    `${text('Was here.')}<w:del>${field([furigana], 'w:delInstrText')}${mark('end')}</w:del>`,
    `${field([furigana])}${text('unended')}`,
  ];
  const xml = body.map((runs) => `<w:p>${runs}</w:p>`).join('');
  expect(outlineOf(await readBytes('city.docx', makeDocument(xml, {})))).toEqual([
    'paragraph: 東京駅',
    'paragraph: It weighs 3 1/2 pounds, 1/2 of it & more.',
    'paragraph: 大阪',
    'paragraph: 東京',
    'paragraph: Page 7',
    'paragraph: Was here.',
    'paragraph: unended',
  ]);
});
