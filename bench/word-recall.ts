import { cpus } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { findAskedQuestion } from '@twin/core/retrieval/question-words';
import { findChunksByWords, wordMatches } from '@twin/db/queries/word-search';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { sql } from 'kysely';
import { openLibrary } from './open-library.ts';
import { readTexts, type TextQuestion } from './read-texts.ts';

/** What the index of words finds of the exact best, in real texts that it would not be asked for when they are few. */
const { values, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: {
    server: { type: 'string' },
    sizes: { type: 'string', default: '' },
    sentences: { type: 'boolean', default: false },
    questions: { type: 'string', default: '1000000' },
  },
});
if (paths.length === 0) {
  process.stderr.write(
    'Usage: node bench/word-recall.ts <folder with corpus.jsonl and queries.jsonl, or file with one JSON string a line>… [--server postgres://…] [--sentences] [--sizes 10000,20000]\n',
  );
  process.exit(2);
}
const { documents, questions } = readTexts(paths, { isBySentence: values.sentences });
const passageCount = documents.reduce((sum, { paragraphs }) => sum + paragraphs.length, 0);
const sizes = [...new Set([...values.sizes.split(',').map(Number), passageCount])]
  .filter((size) => size > 0 && size <= passageCount)
  .toSorted((a, b) => a - b);
const asked = questions.slice(0, Number(values.questions));
const database = await openLibrary(values);
const { db, scope } = database;

let passages = 0;
/** Whole documents, until there are as many passages. */
async function fill(size: number): Promise<void> {
  while (passages < size) {
    const document = documents.shift();
    if (document === undefined) break;
    await insertTestDocument(db, scope, document);
    passages += document.paragraphs.length;
  }
  await sql`vacuum analyze`.execute(db);
}

interface Answer {
  set: string;
  /** Of the exact best, the share that the index finds; undefined where no passage says a word of the question. */
  ofAll: number | undefined;
  ofTen: number | undefined;
  allMs: number;
  indexMs: number;
}

async function ask({ set, text, earlierQuestions }: TextQuestion): Promise<Answer> {
  const { all: words, wholeRange } = await findAskedQuestion({ db }, scope, text, { earlierQuestions });
  const search = { words, range: wholeRange, limit: 50 };
  const started = performance.now();
  const exact = words.length === 0 ? [] : (await wordMatches(scope, search).execute(db)).rows;
  const compared = performance.now();
  // However few they are, the index is asked.
  const range = { ...wholeRange, chunkCount: Number.MAX_SAFE_INTEGER };
  const found = await findChunksByWords(db, scope, { ...search, range });
  const indexMs = performance.now() - compared;
  const ids = new Set(found.map(({ chunkId }) => chunkId));
  const isFound = exact.map(({ chunkId }) => ids.has(chunkId));
  return { set, ofAll: shareOf(isFound), ofTen: shareOf(isFound.slice(0, 10)), allMs: compared - started, indexMs };
}

function shareOf(isFound: readonly boolean[]): number | undefined {
  return isFound.length === 0 ? undefined : isFound.filter(Boolean).length / isFound.length;
}

function describe(answers: readonly Answer[]): Record<string, string | number> {
  const known = (of: readonly (number | undefined)[]) => of.filter((share) => share !== undefined);
  const mean = (of: readonly number[]) => (of.reduce((sum, value) => sum + value, 0) / of.length).toFixed(3);
  const quantile = (of: readonly number[], share: number) =>
    of.toSorted((a, b) => a - b)[Math.floor(share * (of.length - 1))] ?? Number.NaN;
  const shares = known(answers.map(({ ofAll }) => ofAll));
  const allMs = answers.map((answer) => answer.allMs);
  const indexMs = answers.map((answer) => answer.indexMs);
  return {
    questions: shares.length,
    'recall@50': mean(shares),
    'recall@10': mean(known(answers.map(({ ofTen }) => ofTen))),
    'recall@50, p5': quantile(shares, 0.05).toFixed(2),
    least: Math.min(...shares).toFixed(2),
    'all p50 ms': quantile(allMs, 0.5).toFixed(1),
    'index p50 ms': quantile(indexMs, 0.5).toFixed(1),
  };
}

process.stdout.write(
  `Postgres ${database.serverVersion} (${database.home}), Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`,
);
try {
  const rows = [];
  let last: Answer[] = [];
  for (const size of sizes) {
    await fill(size);
    last = [];
    for (const question of asked) last.push(await ask(question));
    rows.push({ passages, ...describe(last) });
    console.table(rows.slice(-1));
  }
  console.table(rows);
  console.table([...Map.groupBy(last, ({ set }) => set)].map(([set, answers]) => ({ set, ...describe(answers) })));
} finally {
  await database.close();
}
