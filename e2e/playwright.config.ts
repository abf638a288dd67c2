import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { defineConfig, devices } from '@playwright/test';

/** Quiet in the background: without these, Chromium looks up its makers' hosts at every start. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // Three take as long, each waiting for the others' cores.
  workers: 2,
  globalSetup: fileURLToPath(import.meta.resolve('@twin/db/testing/prepare-test-databases')),
  // Every test has a server and a database of its own; two cores are shared by two of each.
  timeout: 150_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    ...devices['Desktop Chrome'],
    // Without a graphics card, every frame of a moving picture is painted by the cores the servers need.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args },
    // Without pictures of every step, which cost more than the steps; a failed test takes one at its end.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
});
