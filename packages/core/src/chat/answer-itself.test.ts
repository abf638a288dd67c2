import { createTestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { expect, test } from 'vitest';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { answerQuestion } from './answer-question.ts';

async function ask(titles: readonly string[]) {
  const database = await createTestDatabase();
  const { db, scope } = database;
  for (const title of titles) {
    await insertTestDocument(db, scope, {
      id: title,
      title,
      paragraphs: [`Structural engineer in Rotterdam (${title}).`],
    });
  }
  const answer = answerQuestion(createTestDeps(database), scope, {
    question: 'Tell me about yourself',
    history: [],
    signal: new AbortController().signal,
  });
  let text = '';
  const cited: string[] = [];
  for (;;) {
    const { done, value } = await answer.next();
    if (done === true) {
      await database.close();
      return { text, cited, outcome: value.outcome };
    }
    if (value.type === 'text-delta') text += value.text;
    if (value.type === 'citation-add') cited.push(value.citation.documentTitle);
  }
}

test.each(['cv', 'Miriam_Okafor_CV_2024', 'About me', 'Résumé', 'Lebenslauf'])(
  'who the twin is, is told with how a document begins that is called “%s”',
  async (title) => {
    const { text, cited, outcome } = await ask([title, 'Minutes', 'Recovery plan']);
    expect(text).toMatch(/^I am a digital twin: software.*Structural engineer in Rotterdam/s);
    expect(cited).toEqual([title]);
    expect(outcome).toBe('quoted');
  },
);

test('it is told without, where none is called so, or so many are that they introduce others', async () => {
  const others = await ask(['Minutes', 'Cover letters', 'Biology']);
  expect(others).toMatchObject({ cited: [], outcome: 'answered' });
  expect((await ask(['CV 1', 'CV 2', 'CV 3', 'CV 4'])).cited).toEqual([]);
});
