import { createTestDatabase } from '@twin/db/testing/create-test-database';
import { expect, test } from 'vitest';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { createScriptedModel } from '../testing/scripted-model.ts';
import type { AnswerEvent } from './answer-event.ts';
import { answerQuestion } from './answer-question.ts';

test('the sources are the passages that were sent, in the order of their numbers', async () => {
  const database = await createTestDatabase();
  const library = await insertBeeLibrary(database);
  const model = createScriptedModel([
    'Refunds are paid within 14 days [2]. Honey bees dance to tell their hive where flowers are [2]. ',
    'A strong hive holds about 40,000 bees in summer [2]. Opened software cannot be returned [2].',
  ]);
  const deps = createTestDeps(database, { chatModel: model });
  const signal = new AbortController().signal;
  const events: AnswerEvent[] = [];
  for await (const event of answerQuestion(deps, database.scope, { question: 'Drones?', history: [], signal })) {
    events.push(event);
  }
  const sources = events.flatMap((event) => (event.type === 'search-end' ? event.sources : []));
  const sent = [
    ...(model.prompts[0]?.turns.at(-1)?.text ?? '').matchAll(/<passage number="\d+"[^>]*>\n(.*?)\n<\/passage>/gs),
  ];
  // Whole: what was sent is the text of the listed version between the listed offsets, its bracketed numbers aside.
  const texts = new Map([library.bees, library.refunds].map((each) => [each.versionId, each.canonicalText]));
  const listed = sources.map(({ versionId, startOffset, endOffset }) =>
    texts
      .get(versionId)
      ?.slice(startOffset, endOffset)
      .replaceAll(/\[(\d+)\]/g, '($1)'),
  );
  expect(sent.map(([, content]) => content?.replaceAll(/\[\d+\.\d+\] /g, ''))).toEqual(listed);
  expect(listed.some((text) => (text?.length ?? 0) > 320)).toBe(true);
  for (const [index, { excerpt }] of sources.entries()) {
    expect(listed[index]?.startsWith(excerpt.replaceAll(/\[(\d+)\]/g, '($1)').replace(/…$/, ''))).toBe(true);
  }
  const citation = events.find((event) => event.type === 'citation-add');
  expect(citation?.citation.chunkId).toBe(sources[1]?.chunkId);
  await database.close();
});
