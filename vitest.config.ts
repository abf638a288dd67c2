import { defineConfig } from 'vitest/config';
import { shortProcessFlags } from './packages/testing/src/short-process-flags.ts';

/**
 * One run for every package. A suite that needs a database takes a fresh one from `@twin/db/testing`: embedded by
 * default, on a real server when TEST_DATABASE_URL is set.
 */
export default defineConfig({
  test: {
    include: ['{apps,packages}/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
    pool: 'forks',
    // A process reads the product's modules once for all the files it is given, which saves a fifth of the processor time.
    isolate: false,
    execArgv: [...shortProcessFlags],
    // By default one core is left free, which on two cores halves the speed.
    maxWorkers: '100%',
    globalSetup: ['packages/db/src/testing/prepare-test-databases.ts'],
    // A database opens within seconds on two busy cores; a test that needs longer says so itself.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What pdf.js drops of damaged files. That it costs a document nothing is tested in document-reader.test.ts.
    onUnhandledError: ({ stack }) => !stack?.includes('pdf.worker.mjs'),
    expect: { poll: { timeout: 20_000 } },
  },
});
