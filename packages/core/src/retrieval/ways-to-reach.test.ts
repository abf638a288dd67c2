import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerQuestion } from '../chat/answer-question.ts';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { askToReach } from './ways-to-reach.ts';

test.each([
  ['What is your email address?', 'email'],
  ["What's Miriam's e-mail?", 'email'],
  ['your email?', 'email'],
  ['Can I email you?', 'email'],
  ['Wie lautet Ihre E-Mail-Adresse?', 'email'],
  ['Quelle est votre adresse électronique ?', 'email'],
  ['¿Cuál es tu correo electrónico?', 'email'],
  ['What is your phone number?', 'telephone'],
  ['When can I call you?', 'telephone'],
  ['Wie ist deine Telefonnummer?', 'telephone'],
  ['Quel est son numéro de téléphone ?', 'telephone'],
  ['How can I reach you?', 'contact'],
  ['How do I get in touch with Miriam?', 'contact'],
  ['What are your contact details?', 'contact'],
  ['Wie kann ich Sie erreichen?', 'contact'],
  ['Comment puis-je vous contacter ?', 'contact'],
])('%s asks for a way to reach somebody: %s', (question, way) => expect(askToReach(question).way).toBe(way));

test.each([
  'Which phone has the best camera?',
  'Did they reach an agreement?',
  'How many e-mails were sent?',
  'What do you call a young goose?',
  'When did the ship reach the harbour?',
  'Which number is the house?',
  'What did your friends call you at school?',
])('%s does not', (question) => expect(askToReach(question)).toEqual({ question, way: undefined, forms: [] }));

test('whose it is stays in the question', () => {
  expect(askToReach("What is Miriam's e-mail address?").question).toContain('Miriam');
  expect(askToReach('How do I reach Miriam Okafor?').question).toContain('Miriam Okafor');
});

test.each(['What is your email address?', 'What is your phone number?', 'What are your contact details?'])(
  'of %s one word is left for what is asked for',
  (question) =>
    expect(askToReach(question).question).toMatch(/^What (?:is|are) +(?:your +)?(?:email|telephone|contact) +\?$/),
);

test('a name that owns it stays beside it', () => {
  expect(askToReach("What is Miriam's phone number?").question).toMatch(/^What is Miriam +telephone +\?$/);
});

describe('in a library', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    const { db, scope } = database;
    await insertTestDocument(db, scope, {
      id: 'cv',
      title: 'Miriam Okafor',
      paragraphs: [
        'Structural engineer, Rotterdam.\n\nmiriam@okafor.example · +31 10 555 01 99',
        'She inspected bridges.',
      ],
    });
    await insertTestDocument(db, scope, {
      id: 'notes',
      paragraphs: ['The office has a telephone and a fax machine.', 'Nobody answers an email in August.'],
    });
  });
  afterAll(() => database.close());

  test.each([
    ['How can I contact you?', 'miriam@okafor.example'],
    ['What is your email address?', 'miriam@okafor.example'],
    ["What's Miriam's phone number?", '+31 10 555 01 99'],
  ])('%s is answered by a letterhead that says none of its words', async (question, expected) => {
    const input = { question, history: [], signal: new AbortController().signal };
    const events = [];
    for await (const event of answerQuestion(createTestDeps(database), database.scope, input)) events.push(event);
    const quotes = events.flatMap((event) => (event.type === 'citation-add' ? [event.citation.quote] : []));
    expect(quotes[0]).toContain(expected);
  });
});
