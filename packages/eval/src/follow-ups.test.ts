import type { AnswerOutcome } from '@twin/core/chat/message-view';
import { loadSamples } from '@twin/core/documents/load-samples';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { openIngestionBench } from '@twin/core/testing/ingestion-bench';
import { expect, test } from 'vitest';
import { quoteQuestion } from './quote-question.ts';
import { type FollowUp, type FollowUpKind, readFollowUps } from './testing/read-follow-ups.ts';

/** A library takes a few seconds to read and to ask. */
const testMs = 180_000;
const { signal } = new AbortController();

interface Asked extends Omit<FollowUp, 'kind'> {
  kind: FollowUpKind | 'first';
  outcome: AnswerOutcome;
}

async function askAll(): Promise<Asked[]> {
  const bench = await openIngestionBench();
  const results: Asked[] = [];
  for (const { name, documents, questions, followUps } of await readFollowUps()) {
    await bench.reset();
    bench.use({ embedder: createBuiltinEmbedder() });
    const { deps, database } = bench;
    if (name === 'sample-collection') await loadSamples(deps, database.scope);
    for (const { fileName, text } of documents) await bench.upload(text, { fileName });
    await deps.runJobs();
    const firsts = questions.map((text) => ({ kind: 'first' as const, text, history: [] }));
    for (const asked of [...firsts, ...followUps]) {
      const question = { ...asked, id: '', group: undefined, answerable: undefined, judgements: new Map() };
      const quoted = await quoteQuestion(deps, database.scope, {
        question: { ...question, answerSpans: [], goldSpans: [] },
        signal,
      });
      results.push({ ...asked, outcome: quoted.outcome });
    }
  }
  await bench.database.close();
  return results;
}

test(
  'a follow-up is quoted as sure where it is about what was asked before, and mostly not where it leaves it',
  async () => {
    const results = await askAll();
    const shareOf = (kind: Asked['kind'], outcome: AnswerOutcome) => {
      const of = results.filter((asked) => asked.kind === kind);
      return of.filter((asked) => asked.outcome === outcome).length / of.length;
    };
    // What names nothing is as sure as the question before it.
    expect(shareOf('first', 'quoted')).toBe(1);
    expect(results.filter(({ kind, outcome }) => kind === 'same' && outcome !== 'quoted')).toEqual([]);
    expect(shareOf('more', 'quoted')).toBeGreaterThanOrEqual(0.9);
    expect(shareOf('near', 'quoted')).toBeLessThanOrEqual(0.35);
    expect(shareOf('far', 'quoted')).toBeLessThanOrEqual(0.15);
  },
  testMs,
);
