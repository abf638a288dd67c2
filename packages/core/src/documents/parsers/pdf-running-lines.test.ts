import { makePdf, type PdfFixtureLine } from '@twin/testing/fixtures/pdf';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const bodies = ['It was built of stone.', 'It was lit in May.', 'It fell in a storm.', 'It was built again.'];

/** Pages of one sentence each, between what is printed in their margins. */
function pagesWith(marginOf: (page: number) => readonly PdfFixtureLine[]): PdfFixtureLine[][] {
  return bodies.map((text, index) => [...marginOf(index + 1), { text, x: 60, y: 600 }]);
}

async function textOf(pages: readonly (readonly PdfFixtureLine[])[]): Promise<string[]> {
  return outlineOf(await readBytes('running.pdf', makePdf(pages))).map((block) => block.replace(/^\w+: /, ''));
}

test('a running head is read once, and page numbers not at all', async () => {
  const pages = pagesWith((page) => [
    { text: 'The lighthouse of Selwyn', x: 60, y: 800, size: 9 },
    { text: `Page ${page} of 4`, x: 480, y: 800, size: 9 },
    { text: `- ${page + 6} -`, x: 290, y: 30, size: 9 },
  ]);
  expect(await textOf(pages)).toEqual(['The lighthouse of Selwyn', ...bodies]);
});

test('what left and right pages print at opposite sides is the same', async () => {
  const pages = pagesWith((page) =>
    page % 2 === 0
      ? [
          { text: `${page}`, x: 60, y: 800 },
          { text: 'Of lights', x: 450, y: 800 },
        ]
      : [
          { text: 'Of lights', x: 60, y: 800 },
          { text: `${page}`, x: 520, y: 800 },
        ],
  );
  expect(await textOf(pages)).toEqual(['Of lights', ...bodies]);
});

test('a title that also runs above every page is read once, as the title', async () => {
  const [first = [], ...others] = pagesWith((page) => [{ text: `The lights | ${page}`, x: 60, y: 30 }]);
  const pages = [[{ text: 'The lights', x: 60, y: 760, size: 24 }, ...first], ...others];
  const parsed = await readBytes('running.pdf', makePdf(pages));
  expect(outlineOf(parsed)).toEqual(['heading1: The lights', ...bodies.map((text) => `paragraph: ${text}`)]);
  expect(parsed.title).toBe('The lights');
});

test('a title below a running head is still the title', async () => {
  const [first = [], ...others] = pagesWith(() => [{ text: 'Selwyn Trust', x: 60, y: 800, size: 9 }]);
  const pages = [[...first.slice(0, 1), { text: 'The lights', x: 60, y: 700, size: 24 }, ...first.slice(1)], ...others];
  expect((await readBytes('running.pdf', makePdf(pages))).title).toBe('The lights');
});

test.each([
  {
    name: 'titles that count',
    margin: (page: number) => [{ text: `Section ${page}`, x: 60, y: 790, size: 20 }],
  },
  {
    name: 'first lines that differ in a figure',
    margin: (page: number) => [{ text: `Invoice ${page + 311}`, x: 60, y: 800 }],
  },
  { name: 'the same line further down', margin: () => [{ text: 'Signed by the keeper.', x: 60, y: 420 }] },
  {
    name: 'what stands below a line of the page’s own',
    margin: (page: number) => [
      { text: ['North', 'South', 'East', 'West'][page - 1] ?? '', x: 60, y: 800 },
      { text: 'Height in metres', x: 60, y: 780 },
    ],
  },
])('kept on every page: $name', async ({ margin }) => {
  const text = (await textOf(pagesWith(margin))).join(' ');
  for (const lines of bodies.map((_, index) => margin(index + 1)).flat())
    expect(text.split(lines.text)).not.toHaveLength(1);
  const all = bodies.flatMap((body, index) => [...margin(index + 1).map((line) => line.text), body]);
  expect(text.length).toBeGreaterThanOrEqual(all.join(' ').length);
});

test('what two pages have in common stays, but for numbers that say whose they are', async () => {
  const pages = pagesWith((page) => [
    { text: 'Selwyn Trust', x: 60, y: 800 },
    { text: `Page ${page}`, x: 60, y: 30 },
  ]).slice(0, 2);
  expect(await textOf(pages)).toEqual(['Selwyn Trust', bodies[0], 'Selwyn Trust', bodies[1]]);
});
