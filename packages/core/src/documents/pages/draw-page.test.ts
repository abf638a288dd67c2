import { createCanvas, loadImage } from '@napi-rs/canvas';
import { makePdf, type PdfFixtureLine } from '@twin/testing/fixtures/pdf';
import { makePicture } from '@twin/testing/fixtures/picture';
import { makeScannedPdf } from '@twin/testing/fixtures/scanned-pdf';
import { expect, test } from 'vitest';
import { readBytes, refusalOf } from '../../testing/read-fixture.ts';
import type { PageBox } from '../parsed-document.ts';
import { drawPage } from './draw-page.ts';
import type { DrawnPage } from './drawn-page.ts';
import { markWords } from './mark-words.ts';

/** Text of a line, and in red the words that are quoted, all of it one run for whoever reads the file. */
function lineWith(
  before: string,
  quoted: string,
  after: string,
  { x = 60, y = 700, wordSpace = 0, letterSpace = 0 } = {},
): PdfFixtureLine {
  const shown = [`0 g (${before}) Tj`, `1 0 0 rg (${quoted}) Tj`, `0 g (${after}) Tj`].join(' ');
  return { operators: `BT /F1 11 Tf ${wordSpace} Tw ${letterSpace} Tc 1 0 0 1 ${x} ${y} Tm ${shown} ET` };
}

const sentence = [
  lineWith('The keeper of the light wrote that ', 'fourteen ships passed the', ''),
  lineWith('', 'bar before dawn,', ' illiterate millwrights will tell you so.', { y: 686 }),
  lineWith('A page has other lines as well, and none of them is meant.', '', '', { y: 672 }),
];
const quote = 'fourteen ships passed the bar before dawn,';

/** A page object in place of the one that is made: another box, another way up. */
const pageWith = (entries: string) =>
  new Map([
    [
      10,
      `<< /Type /Page /Parent 2 0 R ${entries} /Resources << /Font << /F1 3 0 R /F2 6 0 R >> >> /Contents 11 0 R >>`,
    ],
  ]);

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
/** Drawn line by line across both columns; the right one's second and third lines are quoted. */
const columns = left.flatMap((text, line) => {
  const y = 700 - 13 * line;
  const other = right[line] ?? '';
  const at = { x: 320, y };
  const isQuoted = line === 1 || line === 2;
  return [{ text, x: 40, y }, isQuoted ? lineWith('', other, '', at) : lineWith(other, '', '', at)];
});

const media = '/MediaBox [0 0 595 842]';
const files: [string, readonly PdfFixtureLine[], string, Map<number, string>][] = [
  ['a plain page', sentence, quote, new Map()],
  ['a page turned a quarter', sentence, quote, pageWith(`${media} /Rotate 90`)],
  ['a page turned half', sentence, quote, pageWith(`${media} /Rotate 180`)],
  ['a page turned three quarters', sentence, quote, pageWith(`${media} /Rotate 270`)],
  ['a cropped page', sentence, quote, pageWith(`${media} /CropBox [40 600 400 760]`)],
  ['a cropped page, turned', sentence, quote, pageWith(`${media} /CropBox [40 600 400 760] /Rotate 90`)],
  ['a page that begins elsewhere', sentence, quote, pageWith('/MediaBox [-100 300 495 1142]')],
  ['a page in larger units', sentence, quote, pageWith(`${media} /UserUnit 2.5`)],
  ['two columns', columns, `${right[1]} ${right[2]}`, new Map()],
  [
    'a justified line',
    [lineWith('A line that is ', 'set in full measure and', ' ends at the margin.', { wordSpace: 9 })],
    'set in full measure and',
    new Map(),
  ],
  ...[1.5, 4].map((letterSpace): (typeof files)[number] => [
    `letters that are set ${letterSpace} points apart`,
    [lineWith('A heading that ', 'stretches far', ' as in a vita.', { letterSpace })],
    'stretches far',
    new Map(),
  ]),
];

test.each(files)('the words of a quote are marked where they are drawn: %s', async (_, lines, wanted, objects) => {
  const bytes = makePdf([lines], { objects });
  const boxes = await marksOf(bytes, wanted);
  const { isExact, drawn, marks } = boxes;
  expect(isExact).toBe(true);
  const { red, black, blackInside, redOutside } = await countInk(drawn, marks);
  expect(red).toBeGreaterThan(500);
  expect(black).toBeGreaterThan(500);
  // Every letter of the quote is under a mark, and hardly anything else is.
  expect(redOutside / red).toBeLessThan(0.01);
  expect(blackInside / black).toBeLessThan(0.02);
});

test('a word that is too long to be told is told in part, and its page drawn', async () => {
  const { words } = await draw(makePdf([[{ text: 'x'.repeat(1_500), x: 10, y: 700, size: 0.5 }, 'The end.']]));
  expect(words.map(({ text }) => text.length)).toEqual([1_000, 3, 4]);
});

test('a page is as wide as it is displayed', async () => {
  const turned = await draw(makePdf([['x']], { rotation: 90 }));
  expect([turned.width, turned.height]).toEqual([842, 595]);
  const picture = await loadImage(Buffer.from(turned.picture));
  expect([picture.width, picture.height]).toEqual([1600, 1131]);
  const strip = await draw(makePdf([['x']], { objects: pageWith('/MediaBox [0 0 20 14400]') }));
  const narrow = await loadImage(Buffer.from(strip.picture));
  expect([narrow.width, narrow.height]).toEqual([3, 2400]);
});

test('what is filled into a form is drawn, and no script of the file runs', async () => {
  const appearance = 'BT /F1 20 Tf 1 0 0 rg 5 5 Td (Filled in) Tj ET';
  const objects = new Map([
    [1, '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (globalThis.ran = true) >> >>'],
    [
      10,
      `<< /Type /Page /Parent 2 0 R ${media} /Resources << /Font << /F1 3 0 R >> >> /Contents 11 0 R /Annots [40 0 R] /AA << /O << /S /JavaScript /JS (globalThis.ran = true) >> >> >>`,
    ],
    [
      40,
      '<< /Type /Annot /Subtype /FreeText /Rect [100 400 300 430] /Contents (Filled in) /AP << /N 41 0 R >> /F 4 >>',
    ],
    [
      41,
      `<< /Type /XObject /Subtype /Form /BBox [0 0 200 30] /Resources << /Font << /F1 3 0 R >> >> /Length ${appearance.length} >>\nstream\n${appearance}\nendstream`,
    ],
  ]);
  const drawn = await draw(makePdf([['A form.']], { objects }));
  const { red, redOutside } = await countInk(drawn, [{ x: 100, y: 412, width: 200, height: 30 }]);
  expect(red).toBeGreaterThan(200);
  expect(redOutside).toBe(0);
  expect(Reflect.get(globalThis, 'ran')).toBeUndefined();
});

test('of a page that was recognised the whole paragraph is marked', async () => {
  const { isExact, drawn, marks } = await marksOf(
    makeScannedPdf([{ lines: ['The lighthouse keeper was Ada Quill.', 'She kept the lamp for forty years.'] }]),
    'forty years',
  );
  expect(isExact).toBe(false);
  expect(marks).toHaveLength(1);
  const { black, blackInside } = await countInk(drawn, marks);
  expect(blackInside / black).toBeGreaterThan(0.99);
});

test.each(['png', 'jpeg', 'webp'] as const)(
  'a picture (%s) is drawn as large as it is, and marked in its own pixels',
  async (format) => {
    const lines = ['The lighthouse keeper was Ada Quill.', 'She kept the lamp for forty years.'];
    const { drawn, marks } = await marksOf(makePicture(format, lines), 'forty years', `scan.${format}`, 'picture');
    expect([drawn.width, drawn.height]).toEqual([1200, 248]);
    const { black, blackInside } = await countInk(drawn, marks);
    expect(black).toBeGreaterThan(1_000);
    expect(blackInside / black).toBeGreaterThan(0.99);
  },
);

test('a locked file, a page that is not there and bytes that are no picture are refused', async () => {
  const locked = makePdf([['Nobody reads this.']], { password: 'open sesame' });
  expect(await refusalOf(draw(locked))).toBe('password-required');
  const draws = (bytes: Uint8Array<ArrayBuffer>, page: number, source: 'pdf' | 'picture') =>
    refusalOf(drawPage({ bytes, fileName: 'x', source, page }));
  expect(await draws(makePdf([['One.']]), 2, 'pdf')).toBe('corrupt');
  expect(await draws(makePicture('png', ['One.']).slice(0, 20), 1, 'picture')).toBe('corrupt');
  expect(await draws(makePicture('png', ['One.']), 2, 'picture')).toBe('corrupt');
  expect(await draws(new TextEncoder().encode('no picture at all, but text that is long enough'), 1, 'picture')).toBe(
    'corrupt',
  );
});

function draw(bytes: Uint8Array<ArrayBuffer>): Promise<DrawnPage> {
  return drawPage({ bytes: bytes.slice(), fileName: 'page.pdf', source: 'pdf', page: 1 });
}

/** Reads the file, finds the quote in its text, and draws and marks the first page. */
async function marksOf(
  bytes: Uint8Array<ArrayBuffer>,
  wanted: string,
  fileName = 'page.pdf',
  source: 'pdf' | 'picture' = 'pdf',
) {
  const { canonicalText, blocks } = await readBytes(fileName, bytes.slice());
  const start = canonicalText.indexOf(wanted);
  expect(start).toBeGreaterThanOrEqual(0);
  const end = start + wanted.length;
  const touched = blocks.filter((block) => block.end > start && block.start < end);
  const drawn = await drawPage({ bytes: bytes.slice(), fileName, source, page: 1 });
  const quoted = touched.map((block) => ({
    text: canonicalText.slice(block.start, block.end),
    start: Math.max(start, block.start) - block.start,
    end: Math.min(end, block.end) - block.start,
    boxes: block.boxes,
  }));
  const { boxes, isExact } = markWords(drawn.words, quoted);
  return { drawn, marks: boxes, isExact };
}

/** Pixels that are surely red and surely black, and where they lie; a mark is drawn a point larger than it is told. */
async function countInk({ picture, width }: DrawnPage, marks: readonly PageBox[]) {
  const image = await loadImage(Buffer.from(picture));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const scale = image.width / width;
  const slack = scale;
  const isInside = (x: number, y: number) =>
    marks.some(
      (box) =>
        x >= box.x * scale - slack &&
        x <= (box.x + box.width) * scale + slack &&
        y >= box.y * scale - slack &&
        y <= (box.y + box.height) * scale + slack,
    );
  const count = { red: 0, redOutside: 0, black: 0, blackInside: 0 };
  for (let at = 0; at < data.length; at += 4) {
    const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    if (r > 180 && g > 90) continue;
    const [x, y] = [(at / 4) % image.width, Math.floor(at / 4 / image.width)];
    if (r > 180 && g < 90 && b < 90) {
      count.red += 1;
      if (!isInside(x, y)) count.redOutside += 1;
    } else if (r < 70 && g < 70 && b < 70) {
      count.black += 1;
      if (isInside(x, y)) count.blackInside += 1;
    }
  }
  return count;
}
