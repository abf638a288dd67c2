import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { startServerProcess } from '@twin/testing/server-process';
import {
  answerIsOver,
  citations,
  documentRows,
  latestTurn,
  loadSamples,
  sampleQuestions,
  sourcePassage,
} from './actions.ts';

/** Takes the README's pictures from the running app with its sample collection. Run by scripts/screenshots.mjs. */

const folder = join(import.meta.dirname, '../docs/screenshots');
await mkdir(folder, { recursive: true });
const dataDir = await mkdtemp(join(tmpdir(), 'twin-screenshots-'));
const server = await startServerProcess({ dataDir });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb', '--font-render-hinting=none'],
});
try {
  const desktop = await openPage({ viewport: { width: 1280, height: 960 } });
  await loadSamples(desktop);
  await sampleQuestions(desktop).first().click();
  await answerIsOver(desktop);
  await citations(latestTurn(desktop)).first().click();
  await sourcePassage(desktop).locator('mark').first().waitFor();
  await save(desktop, 'answer');
  await desktop.emulateMedia({ colorScheme: 'dark' });
  await save(desktop, 'answer-dark');
  await desktop.emulateMedia({ colorScheme: 'light' });
  await desktop.getByRole('link', { name: /^Documents/ }).click();
  await documentRows(desktop).first().waitFor();
  await save(desktop, 'documents');

  const phone = await openPage({ viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true });
  await phone.goto(new URL(desktop.url()).origin);
  await sampleQuestions(phone).nth(1).tap();
  await citations(latestTurn(phone)).first().waitFor();
  await answerIsOver(phone);
  await save(phone, 'phone');
} finally {
  await browser.close();
  await server.end('SIGTERM');
  await rm(dataDir, { recursive: true, force: true });
}

async function openPage(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ ...options, baseURL: server.url, reducedMotion: 'reduce' });
  return await context.newPage();
}

async function save(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
  console.log(`docs/screenshots/${name}.png`);
}
