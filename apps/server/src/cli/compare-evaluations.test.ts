import type { RunComparison } from '@twin/core/evaluation/compare-runs';
import type { RunWithQuestions } from '@twin/core/evaluation/runs';
import { upsertGoldenQuestion } from '@twin/db/queries/golden-questions';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { expect, onTestFinished, test } from 'vitest';
import { installationScope } from '../auth/authenticate.ts';
import { createTestHome } from '../testing/create-test-home.ts';
import { runCli } from '../testing/run-cli.ts';

const kettle = 'When does the copper kettle whistle?';

test('the difference of the last two runs tells which question changed, in text and as JSON', async () => {
  const home = await createTestHome({ isMigrated: true });
  onTestFinished(async () => await home.remove());
  const run = async (...args: string[]) => {
    const { code, stdout } = await runCli(args, home.variables).ended;
    expect({ args, code }).toEqual({ args, code: 0 });
    return stdout;
  };
  const runGolden = async () => (JSON.parse(await run('eval', 'golden', '--json')) as RunWithQuestions).run.id;

  await home.look(async ({ db }) => {
    const documents = { kettle: 'The copper kettle whistles at noon.', bell: 'The brass bell announces the ferry.' };
    for (const [id, text] of Object.entries(documents)) {
      await insertTestDocument(db, installationScope, { id, title: id, paragraphs: [text] });
    }
    for (const [id, question] of [
      ['kettle', kettle] as const,
      ['bell', 'What does the brass bell announce?'] as const,
    ]) {
      const expected = [{ documentId: id, quote: null }];
      const golden = { question, history: [], answerable: true, expected, answerTexts: [] };
      await upsertGoldenQuestion(db, installationScope, golden);
    }
  });
  const before = await runGolden();
  await home.look(
    async ({ db }) =>
      await db.updateTable('chunk').set({ enabled: false }).where('document_id', '=', 'kettle').execute(),
  );
  const after = await runGolden();

  const comparison = JSON.parse(await run('eval', 'diff', '--json')) as RunComparison;
  expect(comparison).toMatchObject({
    before: { id: before },
    after: { id: after },
    differences: { recall: { mean: -0.5, count: 2 } },
    changes: [{ question: { question: kettle }, verdict: 'worse', before: { place: 1 }, after: { place: null } }],
    unchangedCount: 1,
    changedSettings: ['library'],
    titles: { kettle: 'kettle' },
  });
  const text = await run('eval', 'diff', after, before);
  expect(text).toContain(`before ${after}`);
  expect(text).toContain('\nchanged between them: library\n');
  expect(text).toMatch(/recall +\+0\.500 {2}95 % between \+0\.000 and \+1\.000, 2 asked/);
  expect(text).toContain(`better       ${kettle}\n             refused yes → no\n             place – → 1\n`);
  expect(text).toContain('\n1 came out alike');
  const unknown = await runCli(['eval', 'diff', crypto.randomUUID(), after], home.variables).ended;
  expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('This evaluation does not exist') });
}, 120_000);
