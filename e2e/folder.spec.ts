import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { listFixtureFiles } from '@twin/testing/fixtures/fixture-files';
import { documentRows } from './actions.ts';
import { expect, test } from './twin-test.ts';

test.use({ withModel: true, serverEnv: { EMBEDDING_MODEL: 'fake-embeddings', EMBEDDING_DIMENSIONS: '256' } });

const bad = ['damaged.pdf', 'locked.pdf', 'random.bin', 'damaged.docx', 'old.doc'];
const goodCount = 25;
const counts = ['ready', 'inProgress', 'failed'] as const;
type Counts = Record<(typeof counts)[number], number>;

let folder: string;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-folder-'));
  const fixtures = listFixtureFiles();
  const good = fixtures.filter(({ expected }) => 'contains' in expected).slice(0, goodCount);
  const notes = Array.from({ length: goodCount - good.length }, (_, n) => {
    return { fileName: `note-${n}.txt`, bytes: `Note ${n} says that kettle ${n * 7} whistles at noon.` };
  });
  const files = [...good, ...fixtures.filter(({ fileName }) => bad.includes(fileName)), ...notes];
  expect(files).toHaveLength(goodCount + bad.length);
  // Every third one lies a folder deeper.
  await mkdir(join(folder, 'older'));
  for (const [n, { fileName, bytes }] of files.entries()) {
    await writeFile(join(folder, n % 3 === 0 ? 'older' : '.', fileName), bytes);
  }
});

test.afterEach(() => rm(folder, { recursive: true, force: true }));

/** As a person does, from outside the browser: only so does the page get a folder, and not a list of files. */
async function dropFolder(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  }
}

/** Lets the first `count` files pass, and keeps the others on their way. @returns what lets them pass too. */
async function holdUploadsAfter(page: Page, count: number): Promise<() => void> {
  const { promise: heldUntil, resolve: letPass } = Promise.withResolvers<void>();
  let seen = 0;
  await page.route(/\/api\/uploads\?/, async (route) => {
    seen += 1;
    if (seen > count) await heldUntil;
    await route.continue();
  });
  return letPass;
}

async function storedCounts(page: Page): Promise<Counts> {
  const answer = await page.request.get('/api/trpc/twin.status');
  const { ready, inProgress, failed } = ((await answer.json()) as { result: { data: { documents: Counts } } }).result
    .data.documents;
  return { ready, inProgress, failed };
}

interface Shown {
  /** In the line under the heading; empty before there is one. */
  line: string;
  /** The words of each row. */
  rows: string[];
  /** Files that are still to arrive. */
  uploads: number;
}

/** The whole screen at one moment: read piece by piece, a file could arrive between two of them. */
async function shownOn(page: Page): Promise<Shown> {
  return await page.evaluate(() => {
    const textsOf = (selector: string) =>
      [...document.querySelectorAll<HTMLElement>(selector)].map(({ innerText }) => innerText);
    const uploads = textsOf('ul[aria-label="Uploads"] > li').map((text) => /^(\d+) more wait/.exec(text)?.[1] ?? 1);
    return {
      line: textsOf('h1 + p')[0] ?? '',
      rows: textsOf('ul[aria-label="Documents"] > li'),
      uploads: uploads.reduce((sum: number, count) => sum + Number(count), 0),
    };
  });
}

function countsOf(line: string): Counts {
  const count = (pattern: RegExp) => Number(pattern.exec(line)?.[1] ?? 0);
  return {
    ready: count(/^(\d+) documents? ready/),
    inProgress: count(/(\d+) being read/),
    failed: count(/(\d+) failed/) + count(/(\d+) locked/) + count(/(\d+) not readable/),
  };
}

/**
 * What the page says was so at some moment between two looks at the server: in the line, and row by row. Every file is
 * there, as an upload or as a row.
 */
async function expectTruth(page: Page): Promise<Counts & Pick<Shown, 'uploads'>> {
  let stored: Counts = { ready: 0, inProgress: 0, failed: 0 };
  let shown: Shown = { line: '', rows: [], uploads: 0 };
  await expect(async () => {
    const before = await storedCounts(page);
    shown = await shownOn(page);
    stored = await storedCounts(page);
    const { line, rows, uploads } = shown;
    expect(uploads + rows.length).toBe(goodCount + bad.length);
    for (const name of counts) {
      expect(countsOf(line)[name]).toBeGreaterThanOrEqual(Math.min(before[name], stored[name]));
      expect(countsOf(line)[name]).toBeLessThanOrEqual(Math.max(before[name], stored[name]));
    }
    const readyRows = rows.filter((words) => words.includes('Ready')).length;
    const failedRows = rows.filter((words) => /Failed|Locked|Not readable/.test(words)).length;
    expect(readyRows).toBeGreaterThanOrEqual(before.ready);
    expect(readyRows).toBeLessThanOrEqual(stored.ready);
    expect(failedRows).toBeGreaterThanOrEqual(Math.min(before.failed, stored.failed));
    expect(failedRows).toBeLessThanOrEqual(Math.max(before.failed, stored.failed));
  }).toPass({ timeout: 8_000, intervals: [20] });
  return { ...stored, uploads: shown.uploads };
}

async function untilAllSettled(page: Page): Promise<Counts> {
  for (;;) {
    const { uploads: _, ...stored } = await expectTruth(page);
    if (stored.inProgress === 0) return stored;
  }
}

test('a dropped folder: the queue tells the truth, survives a reload, says what is wrong, and Retry all heals', async ({
  page,
  model,
}) => {
  // The first two documents to be embedded are refused, once.
  model.enqueue({ endpoint: 'embeddings', kind: 'http-error', status: 400 });
  model.enqueue({ endpoint: 'embeddings', kind: 'http-error', status: 400 });
  // Another one is not done before the reload, however fast the others are.
  const { promise: heldUntil, resolve: letEnd } = Promise.withResolvers<void>();
  model.enqueue({ endpoint: 'embeddings', kind: 'answer', heldUntil });
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Try a sample collection' })).toBeVisible();
  const letPass = await holdUploadsAfter(page, 10);
  await dropFolder(page);
  // From the first files on, and not only once all have arrived.
  const { uploads, ...early } = await expectTruth(page);
  expect(uploads).toBeGreaterThanOrEqual(goodCount + bad.length - 10);
  expect(early.ready + early.inProgress + early.failed).toBeLessThanOrEqual(10);
  letPass();
  await expect(documentRows(page)).toHaveCount(goodCount + bad.length, { timeout: 60_000 });
  await expect(page.getByRole('list', { name: 'Uploads' })).toHaveCount(0);
  const beforeReload = await expectTruth(page);
  expect(beforeReload.inProgress).toBeGreaterThan(0);
  await page.reload();
  expect((await expectTruth(page)).inProgress).toBeGreaterThan(0);
  letEnd();
  expect(await untilAllSettled(page)).toEqual({ ready: goodCount - 2, inProgress: 0, failed: bad.length + 2 });

  const row = (title: string) =>
    documentRows(page).filter({ has: page.getByRole('link', { name: title, exact: true }) });
  // Where each lay is told, from the folder that was dropped on.
  await expect(row('random')).toContainText(/twin-folder-\w+\/(?:older\/)?random\.bin/);
  await expect(row('damaged').filter({ hasText: 'damaged.pdf' })).toContainText(/damaged|cut off|corrupt|incomplete/i);
  await expect(row('locked')).toContainText(/password/i);
  await expect(row('random')).toContainText(/neither|not a|cannot|kind|format/i);
  await expect(row('old')).toContainText(/docx/i);
  await expect(documentRows(page).filter({ hasText: 'refused the request' })).toHaveCount(2);
  // Offered where it helps, and nowhere else.
  await expect(documentRows(page).getByRole('button', { name: /^Retry / })).toHaveCount(2);
  await expect(row('locked').getByRole('button', { name: /^Enter password/ })).toBeVisible();

  await page.getByRole('button', { name: 'Retry all' }).click();
  await expect(documentRows(page).filter({ hasText: 'Ready' })).toHaveCount(goodCount, { timeout: 60_000 });
  expect(await untilAllSettled(page)).toEqual({ ready: goodCount, inProgress: 0, failed: bad.length });
});
