import { defineConfig } from 'vite';

/**
 * The reading sandbox in a few files. It starts anew for each document, and finding and compiling the 270 modules behind a
 * page of Markdown takes four times as long as all the rest.
 */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist',
    target: 'node24',
    minify: false,
    rolldownOptions: {
      input: ['reading-sandbox-worker', 'page-drawing-worker', 'close-network'].map(
        (name) => `src/adapters/${name}.ts`,
      ),
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
  ssr: {
    noExternal: true,
    // These load further files that stand beside them.
    external: ['@napi-rs/canvas', '@tesseract.js-data/eng', 'pdfjs-dist', 'tesseract.js-core'],
  },
});
