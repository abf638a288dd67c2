import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deps } from '@twin/core/deps';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { createIngestionDeps } from '@twin/core/testing/ingestion-deps';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildLibrary, type Holders } from './build-library.ts';
import type { DataSet } from './data-set.ts';
import { formatReport } from './format-report.ts';
import { readDataSet } from './read-data-set.ts';
import { type EvaluationReport, runEvaluation } from './run-evaluation.ts';
import { gateFiles, offTopicFiles } from './testing/gate-data-set.ts';

const { signal } = new AbortController();
let database: TestDatabase;
let deps: Deps;
let dataSet: DataSet;
let offTopic: DataSet;
let holders: Holders;
let report: EvaluationReport;

beforeAll(async () => {
  database = await createTestDatabase();
  deps = createIngestionDeps(database, { embedder: createBuiltinEmbedder() });
  dataSet = await readFiles(gateFiles());
  offTopic = await readFiles(offTopicFiles());
  holders = await buildLibrary(deps, database.scope, dataSet, { signal, onProgress: () => undefined });
  report = await evaluate();
});
afterAll(() => database.close());

async function readFiles(files: Record<string, string>): Promise<DataSet> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-eval-gate-'));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    return await readDataSet(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function evaluate(): Promise<EvaluationReport> {
  const input = { dataSet, holders, offTopic, questionsMax: undefined, signal, onProgress: () => undefined };
  return await runEvaluation(deps, database.scope, input);
}

test('the right document of two that are alike comes first', () => {
  const { measures } = report.groups[0]!;
  expect(measures.reciprocalRank).toBeGreaterThanOrEqual(0.95);
  expect(measures.ndcg).toBeGreaterThanOrEqual(0.95);
  expect(measures.recallAt10).toBe(1);
});

test('the quoted answer holds the words that answer', () => {
  const { measures } = report.groups[0]!;
  expect(measures.answerHitAt1).toBeGreaterThanOrEqual(0.8);
  expect(measures.answerHitAt3).toBeGreaterThanOrEqual(0.9);
  // A stretch holds the sentences that are read first, and may hold more.
  expect(measures.sentenceHitAt1).toBeLessThanOrEqual(measures.answerHitAt1 ?? 0);
  expect(measures.sentenceHitAt3).toBeGreaterThanOrEqual(0.9);
});

test('questions about other things are refused, questions about the documents are not', () => {
  const [refusal] = report.refusal;
  expect(refusal?.areaUnderRoc).toBeGreaterThanOrEqual(0.98);
  expect(refusal?.refusedInVain).toBeLessThanOrEqual(0.1);
  expect(refusal?.answeredInVain).toBeLessThanOrEqual(0.2);
});

test('asking again gives the same numbers under the same hash', async () => {
  const again = await evaluate();
  const withoutTime = ({ questions, ...rest }: EvaluationReport) => ({
    ...rest,
    retrieveMs: 0,
    questions: questions.map((question) => ({ ...question, retrieveMs: 0 })),
  });
  expect(withoutTime(again)).toEqual(withoutTime(report));
});

test('with the documents that answer hidden, fewer questions are quoted as sure, and all other numbers stay', async () => {
  const input = { dataSet, holders, offTopic, questionsMax: undefined, signal, onProgress: () => undefined };
  const { leaveGoldOut, ...left } = await runEvaluation(deps, database.scope, { ...input, leavesGoldOut: true });
  expect(leaveGoldOut?.questions).toHaveLength(dataSet.questions.length);
  expect(leaveGoldOut?.whole.sure).toBeGreaterThanOrEqual(0.9);
  expect(leaveGoldOut?.goldLeftOut.sure).toBeLessThan(0.5);
  const { sure, inDoubt, refused } = leaveGoldOut!.goldLeftOut;
  expect(sure + inDoubt + refused).toBeCloseTo(1);
  expect(left.groups).toEqual(report.groups);
  expect(left.refusal).toEqual(report.refusal);
  expect(left.hash).not.toBe(report.hash);
  expect(formatReport({ ...left, leaveGoldOut })).toMatch(/^gold documents left out +10 +\d+\.\d +\d+\.\d +\d+\.\d$/m);
});

test('a reranker changes what is measured, and the hash says so', async () => {
  const rank = (_: string, passages: readonly string[]) => {
    return Promise.resolve({
      order: [...passages.keys()].toReversed(),
      spent: { promptTokens: 0, completionTokens: 0, isEstimated: false },
    });
  };
  const input = { dataSet, holders, offTopic: undefined, questionsMax: undefined, signal, onProgress: () => undefined };
  const reranked = await runEvaluation(
    { ...deps, reranker: { name: 'backwards', spendsTokens: true, rank } },
    database.scope,
    input,
  );
  const plain = await runEvaluation(deps, database.scope, input);
  expect(reranked.hash).not.toBe(plain.hash);
  const rankings = ({ questions }: EvaluationReport) => questions.map(({ ranking }) => ranking);
  expect(rankings(reranked)).not.toEqual(rankings(plain));
  expect(formatReport(reranked)).toContain('reranked by backwards');
});

test('the table names what it measured', () => {
  const table = formatReport(report);
  expect(table).toContain(report.hash);
  expect(table).toMatch(/^all +10 +\d+\.\d +\d+\.\d/m);
});

test.each([
  ['corpus.jsonl', 'line 2: is not JSON', '{"id": "a", "text": "b"}\nnot json'],
  ['queries.jsonl', 'line 1', '{"id": "", "text": "b"}'],
  ['qrels.tsv', 'line 1: is not', 'question document 1'],
])('a set that cannot be read says which file and line: %s', async (name, message, content) => {
  const reading = readFiles({ ...gateFiles(), [name]: content });
  await expect(reading).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(reading).rejects.toThrow(message);
});
