import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePdf } from '@twin/testing/fixtures/pdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPageDrawer } from './page-drawer.ts';

let folder: string;

beforeAll(async () => {
  // Inside the project, because the sandbox may read nothing else.
  folder = await mkdtemp(join(import.meta.dirname, '../../node_modules/.drawing-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A file that counts how often it was opened. */
function fileOf(bytes: Uint8Array, key = 'twin/1') {
  const file = {
    key,
    fileName: 'page.pdf',
    byteSize: bytes.byteLength,
    source: 'pdf' as const,
    opened: 0,
    async *content() {
      file.opened += 1;
      yield await Promise.resolve(bytes);
    },
  };
  return file;
}

const twoPages = makePdf([['The first page.'], ['The second page.']]);

/** Draws with a sandbox that runs this program instead. */
async function drawingWith(program: string, durationMsMax = 20_000): Promise<unknown> {
  const entry = join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(entry, program);
  const asked = { page: 1, signal: new AbortController().signal };
  return await createPageDrawer({ entry, durationMsMax })
    .draw(fileOf(twoPages), asked)
    .catch((error: unknown) => error);
}

/** A sandbox that takes the file and tells this of its page. */
const telling = (page: string) => `
  process.stdin.resume();
  process.stdin.on('end', () => process.stdout.write(JSON.stringify({ type: 'result', result: ${page} }) + '\\n'));`;
const webp = `Buffer.from('RIFF\\0\\0\\0\\0WEBPVP8 ', 'latin1').toString('base64')`;

const wordsOf = (count: number, length: number) =>
  `Array(${count}).fill({ text: 'a'.repeat(${length}), isSideways: false, box: { x: 0, y: 0, width: 1, height: 1 } })`;

test('those who ask for a page at once, or soon after, share one drawing; another page is another one', async () => {
  const drawer = createPageDrawer();
  const file = fileOf(twoPages);
  const { signal } = new AbortController();
  const [first, same] = await Promise.all([
    drawer.draw(file, { page: 1, signal }),
    drawer.draw(file, { page: 1, signal }),
  ]);
  expect(same).toBe(first);
  expect(await drawer.draw(file, { page: 1, signal })).toBe(first);
  expect(file.opened).toBe(1);
  const second = await drawer.draw(file, { page: 2, signal });
  expect(second.words.map(({ text }) => text)).toEqual(['The', 'second', 'page.']);
  expect(file.opened).toBe(2);
});

test('who leaves waits no longer, and takes nothing from those who still wait', async () => {
  const drawer = createPageDrawer();
  const file = fileOf(twoPages);
  const [leaving, staying] = [new AbortController(), new AbortController()];
  const left = drawer.draw(file, { page: 1, signal: leaving.signal });
  const stayed = drawer.draw(file, { page: 1, signal: staying.signal });
  leaving.abort();
  await expect(left).rejects.toMatchObject({ code: 'canceled' });
  expect((await stayed).width).toBe(595);
  expect(file.opened).toBe(1);
});

test('a drawing that nobody waits for ends, and the next who asks begins anew', async () => {
  const drawer = createPageDrawer();
  const file = fileOf(twoPages);
  const leaving = new AbortController();
  const left = drawer.draw(file, { page: 1, signal: leaving.signal });
  leaving.abort();
  await expect(left).rejects.toMatchObject({ code: 'canceled' });
  expect((await drawer.draw(file, { page: 1, signal: new AbortController().signal })).width).toBe(595);
});

test('a failure is not kept: whoever tries again has the page drawn', async () => {
  const drawer = createPageDrawer();
  const { signal } = new AbortController();
  const damaged = fileOf(twoPages.slice(0, 60));
  await expect(drawer.draw(damaged, { page: 1, signal })).rejects.toMatchObject({ reason: 'corrupt' });
  expect((await drawer.draw(fileOf(twoPages), { page: 1, signal })).height).toBe(842);
});

test('a sandbox that is killed, or takes too long, is told of as one', async () => {
  expect(await drawingWith(`process.kill(process.pid, 'SIGKILL')`)).toMatchObject({ code: 'unreadable-document' });
  expect(await drawingWith('for (;;);', 400)).toMatchObject({ code: 'unreadable-document', reason: 'timed-out' });
});

test.each([
  [
    'what is no picture',
    `{ width: 1, height: 1, words: [], pictureBase64: Buffer.from('<svg onload=alert(1)>').toString('base64') }`,
  ],
  ['a page without a size', `{ width: null, height: 1, words: [], pictureBase64: ${webp} }`],
  ['a page of no height', `{ width: 1, height: 0, words: [], pictureBase64: ${webp} }`],
  [
    'words that stand nowhere',
    `{ width: 1, height: 1, words: [{ text: 'a', isSideways: false, box: { x: 1e300, y: 0, width: 1, height: 1 } }], pictureBase64: ${webp} }`,
  ],
  [
    'more words than a page has',
    `{ width: 1, height: 1, words: Array(20001).fill({ text: 'a', isSideways: false, box: { x: 0, y: 0, width: 1, height: 1 } }), pictureBase64: ${webp} }`,
  ],
  ['a word longer than any', `{ width: 1, height: 1, words: ${wordsOf(1, 1001)}, pictureBase64: ${webp} }`],
  ['more letters than a page has', `{ width: 1, height: 1, words: ${wordsOf(501, 1000)}, pictureBase64: ${webp} }`],
  [
    'a picture too large to be sent',
    `{ width: 1, height: 1, words: [], pictureBase64: Buffer.alloc(5e6, 'RIFF\\0\\0\\0\\0WEBP', 'latin1').toString('base64') }`,
  ],
  ['nothing', 'null'],
])('a sandbox that tells %s is not believed', async (_, page) => {
  expect(await drawingWith(telling(page))).toMatchObject({ code: 'unreadable-document', reason: 'crashed' });
});

test('what it tells in the right shape is', async () => {
  const page = await drawingWith(telling(`{ width: 2, height: 3, words: [], pictureBase64: ${webp} }`));
  expect(page).toMatchObject({ width: 2, height: 3, words: [] });
});

test('the sandbox that draws reads no file but the program, has no environment and no network', async () => {
  const spy = telling(
    `{ width: 1, height: 1, pictureBase64: ${webp}, words: [JSON.stringify(process.env), tried].map((text) => ({ text, isSideways: false, box: { x: 0, y: 0, width: 0, height: 0 } })) }`,
  );
  const program = `import { readFileSync } from 'node:fs';
    let tried = '';
    for (const attempt of [() => readFileSync('/etc/passwd'), () => fetch('http://127.0.0.1'), () => process.getBuiltinModule('net').connect(80)])
      try { attempt(); tried += 'open '; } catch { tried += 'closed '; }
    ${spy}`;
  const page = await drawingWith(program);
  expect(page).toMatchObject({ words: [{ text: '{}' }, { text: 'closed closed closed ' }] });
});
