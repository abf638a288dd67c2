import { makePdf, type PdfFixtureLine } from '@twin/testing/fixtures/pdf';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const read = async (lines: readonly PdfFixtureLine[]) => outlineOf(await readBytes('order.pdf', makePdf([lines])));

function lines(texts: readonly string[], x: number, top: number): PdfFixtureLine[] {
  return texts.map((text, index) => ({ text, x, y: top - 13 * index }));
}

const left = [
  'The keeper climbed the stairs each night and lit',
  'the lamp at dusk, as her mother had done before',
  'her. In winter the wind shook the glass, and she',
  'counted ships by the sound of their bells alone.',
];
const right = [
  'The harbour was built in nine years by men who',
  'had never seen a crane. Stones were brought over',
  'the bar at high water, and half of them are still',
  'there, below the sand, where the old boats lie.',
];
const below = [
  'In summer the glass was cleaned with chalk and a',
  'soft cloth, and the brass with oil and ash. What',
  'she could not mend herself she wrote down, until',
  'the boat brought a smith from the mainland, too.',
];
const joined = [left, right, below].map((some) => `paragraph: ${some.join(' ')}`);

test('what the file draws late, but stands above, is read first', async () => {
  const [one, two, three] = [
    lines(['The end of it.'], 60, 300),
    lines(['The middle.'], 60, 500),
    lines(['The start.'], 60, 700),
  ];
  expect(await read([...one, ...three, ...two])).toEqual([
    'paragraph: The start.',
    'paragraph: The middle.',
    'paragraph: The end of it.',
  ]);
});

test('a column is read to its end, also where the file draws its lower half last', async () => {
  expect(await read([...lines(left, 40, 700), ...lines(right, 320, 700), ...lines(below, 40, 630)])).toEqual([
    joined[0],
    joined[2],
    joined[1],
  ]);
});

test('a line that reaches towards the next column does not cut the columns', async () => {
  const wide = left.map((text, index) => (index === 2 ? `${text} coun-` : text));
  const drawn = [...lines(wide, 40, 700), ...lines(right, 312, 700), ...lines(below, 40, 630)];
  const [first, second] = await read(drawn);
  expect(first).toContain(wide.slice(2).join(' ').replace('- ', ''));
  expect(second).toBe(joined[2]);
});

test('a head drawn behind columns is read before them, a foot drawn before them behind', async () => {
  const [head, foot] = [
    { text: 'Selwyn Gazette', x: 60, y: 800 },
    { text: 'Printed at Port Selwyn', x: 60, y: 30 },
  ];
  expect(await read([foot, ...lines(left, 40, 700), ...lines(right, 320, 700), head])).toEqual([
    'paragraph: Selwyn Gazette',
    joined[0],
    joined[1],
    'paragraph: Printed at Port Selwyn',
  ]);
});

test('two articles, one above the other and each in both columns, are read one after the other', async () => {
  const drawn = [
    ...lines(left, 40, 700),
    ...lines(right, 320, 700),
    ...lines(below, 40, 560),
    ...lines(left, 320, 560),
  ];
  expect(await read(drawn)).toEqual([joined[0], joined[1], joined[2], joined[0]]);
});
