import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Embedder } from '@twin/core/ports';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { cutWordPieces } from '@twin/core/retrieval/word-pieces';
import { processorMs } from '@twin/testing/processor-ms';
import { createTransformerEmbedder } from '../apps/server/src/adapters/transformer-embedder.ts';
import { readTransformerFolder } from '../apps/server/src/adapters/transformer-folder.ts';
import { makePassage, makeQuestion } from './synthetic-text.ts';
import { takeTurns, toRows } from './take-turns.ts';

/**
 * How fast the built-in model embeds passages on one core, next to cutting the same ones into words alone; and with a
 * transformer, how long a question waits for its vector while a library is embedded, next to when nothing is.
 */
const { values } = parseArgs({
  options: {
    passages: { type: 'string', default: '5000' },
    folder: { type: 'string' },
    runtime: { type: 'string' },
    questions: { type: 'string', default: '60' },
  },
});

process.stdout.write(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model}\n`);
await measureBuiltin(Number(values.passages));
if (values.folder !== undefined && values.runtime !== undefined) {
  const embedder = createTransformerEmbedder(readTransformerFolder(values.folder), values.runtime);
  await measureTransformer(embedder, Number(values.questions));
}

async function measureBuiltin(count: number): Promise<void> {
  const file = new URL('../packages/core/src/retrieval/static-model/vocabulary.txt', import.meta.url);
  const pieces = readFileSync(file, 'utf8').trimEnd().split('\n');
  const vocabulary = new Map(pieces.map((piece, index) => [piece, index]));
  const embedder = createBuiltinEmbedder();
  const cut = { name: 'cutting into words alone', spentMs: 0 };
  const vectors = { name: 'vectors', spentMs: 0 };
  const batches = Math.ceil(count / embedder.batchMax);
  // The first ones are for the compiler.
  for (let batch = -10; batch < batches; batch += 1) {
    if (batch === 0) cut.spentMs = vectors.spentMs = 0;
    const texts = Array.from({ length: embedder.batchMax }, (_, n) =>
      makePassage(Math.abs(batch) * embedder.batchMax + n),
    );
    cut.spentMs += await processorMs(() => texts.forEach((text) => cutWordPieces(text, vocabulary, 0)));
    vectors.spentMs += await processorMs(async () => await embedder.embed(texts, 'passage'));
  }
  console.table(
    [cut, vectors].map(({ name, spentMs }) => ({
      'built in': name,
      'passages per second of one core': Math.round((batches * embedder.batchMax * 1_000) / spentMs),
      times: (spentMs / cut.spentMs).toFixed(2),
    })),
  );
}

async function measureTransformer(embedder: Embedder, count: number): Promise<void> {
  const ask = async (n: number) => await embedder.embed([makeQuestion(n, 1_000)], 'question');
  const turn = { count, clients: 1, turn: count, warmUp: 3 };
  const idle = await takeTurns([{ name: 'nothing else', call: ask }], turn);
  const library = embedAllTheWhile(embedder);
  const busy = await takeTurns([{ name: 'a library being embedded', call: async (n) => await ask(n + count) }], turn);
  const during = await library.end();
  const alone = embedAllTheWhile(embedder);
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  const perSecond = await alone.end();
  process.stdout.write(`\n${embedder.modelName}: a question's vector, beside\n`);
  console.table(toRows([...idle, ...busy], 'nothing else'));
  process.stdout.write(`Passages/s: ${perSecond.toFixed(1)} alone, ${during.toFixed(1)} while questions are asked\n`);
}

/** As ingestion does: a batch, then the next. Ends with the passages of a second. */
function embedAllTheWhile(embedder: Embedder): { end: () => Promise<number> } {
  const ending = new AbortController();
  let count = 0;
  const started = performance.now();
  const embedding = (async () => {
    while (!ending.signal.aborted) {
      const batch = Array.from({ length: embedder.batchMax }, (_, n) => makePassage(count + n));
      await embedder.embed(batch, 'passage');
      count += batch.length;
    }
    return count / ((performance.now() - started) / 1_000);
  })();
  return {
    end: async () => {
      ending.abort();
      return await embedding;
    },
  };
}
