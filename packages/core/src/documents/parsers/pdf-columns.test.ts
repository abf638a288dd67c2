import { makePdf, type PdfFixtureLine } from '@twin/testing/fixtures/pdf';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const left = [
  'The keeper climbed the stairs each night and lit',
  'the lamp at dusk, as her mother had done before',
  'her. In winter the wind shook the glass, and she',
  'counted ships by the sound of their bells, and',
  'nobody came in the months of ice, but the post.',
];
const right = [
  'The harbour was built in nine years by men who',
  'had never seen a crane. Stones were brought over',
  'the bar at high water, and half of them are still',
  'there, below the sand, where the old boats turned',
  'over in the storm that took the first pier away.',
];
const other = [
  'In summer the glass was cleaned with chalk and a',
  'soft cloth, and the brass with oil and ash. What',
  'she could not mend herself she wrote down, until',
  'the boat brought a smith from the mainland, who',
  'stayed for a week and drank all of the good tea.',
];
const paragraphs = [left, right, other].map((lines) => lines.join(' '));

function column(lines: readonly string[], x: number, top: number, size = 11): PdfFixtureLine[] {
  return lines.map((text, index) => ({ text, x, y: top - 1.2 * size * index, size }));
}

/** The same lines in the order in which some programs draw: from the top of the page, and from the left. */
function rowByRow(lines: readonly PdfFixtureLine[]): PdfFixtureLine[] {
  const placeOf = (line: PdfFixtureLine) => (typeof line !== 'string' && 'y' in line ? line : { x: 0, y: 0 });
  return lines.toSorted((one, two) => placeOf(two).y - placeOf(one).y || placeOf(one).x - placeOf(two).x);
}

const columns = [...column(left, 40, 700), ...column(right, 320, 700)];
const heading = { text: 'The year of the storm, which nobody on the island forgot', x: 60, y: 610, size: 17 };
const withHeading = [...columns, heading, ...column(other, 40, 570), ...column(left, 320, 570)];
const page = { text: '12', x: 296, y: 40 };
const three = [...column(left, 20, 700, 7), ...column(right, 205, 700, 7), ...column(other, 390, 700, 7)];

test.each([
  { name: 'two columns', lines: columns, expected: [paragraphs[0], paragraphs[1]] },
  {
    name: 'columns above and below a heading that spans them, and a page number',
    lines: [...withHeading, page],
    expected: [paragraphs[0], paragraphs[1], heading.text, paragraphs[2], paragraphs[0], '12'],
  },
  { name: 'three columns', lines: three, expected: paragraphs },
])('$name: drawn column by column or row by row, the text is the same', async ({ lines, expected }) => {
  const read = async (drawn: readonly PdfFixtureLine[]) =>
    outlineOf(await readBytes('columns.pdf', makePdf([drawn]))).map((block) => block.replace(/^\w+: /, ''));
  expect(await read(lines)).toEqual(expected);
  expect(await read(rowByRow(lines))).toEqual(expected);
});

test('each column of a paragraph that runs through two has a box of its own', async () => {
  const lines = [
    ...column(left.slice(0, 4), 40, 700),
    ...column(['nobody came ashore in all the months of the ice', ...right.slice(1)], 320, 700),
  ];
  for (const drawn of [lines, rowByRow(lines)]) {
    const { blocks } = await readBytes('columns.pdf', makePdf([drawn]));
    expect(blocks).toHaveLength(1);
    expect(blocks[0]?.boxes?.map(({ x, y }) => ({ x, y }))).toEqual([
      { x: 40, y: 133.2 },
      { x: 320, y: 133.2 },
    ]);
  }
});
