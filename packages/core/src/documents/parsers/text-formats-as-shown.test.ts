import { makeXlsx } from '@twin/testing/fixtures/xlsx';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const MANY = 200_000;

test('a contact is read in time whatever its parameters are, and keeps rare line ends', async () => {
  const card = (line: string) => `BEGIN:VCARD\nFN:Ada\n${line}\nEND:VCARD\n`;
  const outline = async (line: string) => outlineOf(await readBytes('ada.vcf', card(line)));
  expect(await outline(`X${';'.repeat(MANY)}\nNOTE;X=${'"a";'.repeat(MANY)}\nEMAIL:a@example.org`)).toEqual([
    'heading1: Ada',
    'paragraph: E-mail: a@example.org',
  ]);
  expect(await outline(`NOTE:a${','.repeat(MANY)}b`)).toHaveLength(2);
  expect(await outline(`${'QUOTED-PRINTABLE'.repeat(MANY / 4)}\nROLE:Keeper`)).toContain('paragraph: Role: Keeper');
  expect(await outline('NOTE;X="a;b:c":Tea\u2028and oil')).toEqual(['heading1: Ada', 'paragraph: Note: Tea\nand oil']);
}, 10_000);

test('what begins like a feed and has no entries is read as it is written', async () => {
  const ontology =
    '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="r">\n<owl:Class rdf:about="#Lamp"><skos:note>It burns oil.</skos:note></owl:Class>\n</rdf:RDF>';
  expect(outlineOf(await readBytes('lamps.owl', ontology)).join()).toContain(
    'rdf:about="#Lamp"><skos:note>It burns oil.',
  );
  const stock = '<feed><product name="Lamp"/></feed>';
  expect(outlineOf(await readBytes('stock', stock))).toEqual([`paragraph: ${stock}`]);
  expect(outlineOf(await readBytes('stock.xml', stock))).toEqual([`code: ${stock}`]);
  const early = '<rdf:RDF><channel><title>News</title></channel><item><title>Lit</title></item></rdf:RDF>';
  expect(outlineOf(await readBytes('news.rdf', early))).toEqual(['heading1: News', 'heading2: Lit']);
});

test('an entry of a feed whose text is elements keeps its blocks', async () => {
  const body = (p: string) =>
    `<${p}div><${p}p>It was <${p}b>lit</${p}b>.</${p}p><${p}ul><${p}li>oil</${p}li><${p}li>wick</${p}li></${p}ul></${p}div>`;
  for (const prefix of ['', 'xhtml:']) {
    const feed = `<feed><title>News</title><entry><title>Lamp</title><content type="xhtml">${body(prefix)}</content></entry></feed>`;
    expect(outlineOf(await readBytes('news.atom', feed))).toEqual([
      'heading1: News',
      'heading2: Lamp',
      'paragraph: It was lit.',
      'list-item: oil',
      'list-item: wick',
    ]);
  }
});

const outlineOfDrawing = async (content: string) => outlineOf(await readBytes('plan.svg', `<svg>${content}</svg>`));

test('lines of a drawing are apart, parts of a word are not', async () => {
  expect(
    await outlineOfDrawing('<text><tspan x="0">Lamp</tspan><tspan x="0" dy="1em">ro<tspan>om</tspan></tspan></text>'),
  ).toEqual(['paragraph: Lamp room']);
  expect(await outlineOfDrawing('<foreignObject><div>Oil</div><div>Wick</div></foreignObject>')).toEqual([
    'paragraph: Oil Wick',
  ]);
});

test('of the choices of a drawing the first that says anything is read', async () => {
  expect(
    await outlineOfDrawing(
      '<switch><g/><foreignObject><div>Oil store</div></foreignObject><text>Oil s...</text></switch><text>Lamp</text>',
    ),
  ).toEqual(['paragraph: Oil store', 'paragraph: Lamp']);
});

test('what a diagram shows where it cannot be drawn is no text of it', async () => {
  const notice = `<switch><g requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"/>
    <a href="https://www.drawio.com/doc/faq/svg-export-text-problems"><text>Text is not SVG - cannot display</text></a></switch>`;
  expect(await outlineOfDrawing(`<text>Oil store</text>${notice}`)).toEqual(['paragraph: Oil store']);
});

const outlineOfPaper = async (body: string) =>
  outlineOf(await readBytes('paper.tex', `\\documentclass{article}\n\\begin{document}\n${body}\n\\end{document}`));

test('a percent sign in an address or in code on a line is no remark', async () => {
  const paper = String.raw`See \url{https://a.example/x%20y}, \href{https://b.example/50%}{ours} and \path{a%b}. % unseen
Say \verb|5 % of it| twice.\\% unseen
5\% is the cost.`;
  const [shown = ''] = await outlineOfPaper(paper);
  expect(shown).toContain('See https://a.example/x%20y, ours (https://b.example/50%) and a%b.');
  expect(shown).toContain('5 % of it');
  expect(shown).toContain('twice. 5% is the cost.');
  expect(shown).not.toContain('unseen');
});

test('a word right behind a line break is no command', async () => {
  expect(await outlineOfPaper(String.raw`Noon\\At sea\\*[2pt]\textbf{Calm}, \& so on.`)).toEqual([
    'paragraph: Noon At sea Calm, & so on.',
  ]);
});

test('a remark takes no paragraph break with it', async () => {
  expect(await outlineOfPaper('One.% a\n  \nTwo% b\n  words.\n% c\nStill two.\n\n% d\nThree.')).toEqual([
    'paragraph: One.',
    'paragraph: Twowords. Still two.',
    'paragraph: Three.',
  ]);
});

test.each([
  [String.raw`\begin{tabular}[t]{|l|r|}`, 'tabular'],
  [String.raw`\begin{tabular}{@{\hspace{1em}}lr}`, 'tabular'],
  [String.raw`\begin{tabular*}{5cm}[t]{lr}`, 'tabular*'],
  [String.raw`\begin{tabularx}{\textwidth}{lX}`, 'tabularx'],
  [String.raw`\begin{tabu} to \linewidth {lX}`, 'tabu'],
  [String.raw`\begin{tabu}{lX}`, 'tabu'],
])('the first cell of %s is read, in braces or not', async (opening, name) => {
  expect(await outlineOfPaper(`${opening}\n{Ship} & {Crew} \\\\\nMeridian & 18 \\\\\n\\end{${name}}`)).toEqual([
    'table: | Ship | Crew |\n| --- | --- |\n| Meridian | 18 |',
  ]);
});

test('links of a sheet are looked up in time, however many there are', async () => {
  const many = Array.from({ length: 40_000 }, (_, index) => `link-of-a-cell-that-leads-elsewhere-${100_000 + index}`);
  const parts = unzipSync(makeXlsx([{ name: 'One', rows: [['a']] }]));
  const links = many.map((id) => `<Relationship Id="${id}" TargetMode="External" Target="https://a.example/${id}"/>`);
  const cells = many.map(() => `<hyperlink ref="A1" r:id="${many.at(-1)}"/>`);
  const bytes = zipSync({
    ...parts,
    'xl/worksheets/_rels/s1.xml.rels': strToU8(`<Relationships>${links.join('')}</Relationships>`),
    'xl/worksheets/s1.xml': strToU8(
      `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Tea</v></c></row></sheetData><hyperlinks>${cells.join('')}</hyperlinks></worksheet>`,
    ),
  });
  expect((await readBytes('links.xlsx', bytes)).canonicalText).toContain(`Tea (https://a.example/${many.at(-1)})`);
}, 10_000);

test('the title of a flat OpenDocument is its own, not that of a picture in it', async () => {
  const flat = (meta: string) =>
    `<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.text">${meta}<office:body><office:text><draw:frame><svg:title>A lamp</svg:title></draw:frame><text:p>Come in May.</text:p></office:text></office:body></office:document>`;
  expect((await readBytes('a.fodt', flat(''))).title).not.toBe('A lamp');
  const named = flat('<office:meta><dc:title>The letter</dc:title></office:meta>');
  expect((await readBytes('b.fodt', named)).title).toBe('The letter');
});

test('subtitles without a full stop are read in time, in paragraphs of bounded length', async () => {
  const time = (second: number) =>
    [second / 3600, (second / 60) % 60, second % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
  const cues = Array.from(
    { length: 60_000 },
    (_, index) => `${index + 1}\n${time(index)},000 --> ${time(index + 1)},000\nword ${index} and so on\n`,
  );
  const parsed = await readBytes('talk.srt', cues.join('\n'));
  expect(Math.max(...parsed.blocks.map(({ start, end }) => end - start))).toBeLessThan(2_020);
  expect(parsed.canonicalText).toContain('word 59999 and so on');
  expect((await readBytes('a.srt', `${cues[0]}${'<v '.repeat(100_000)}`)).canonicalText).toContain('word 0');
}, 15_000);
