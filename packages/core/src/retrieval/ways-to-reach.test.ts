import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerQuestion } from '../chat/answer-question.ts';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { askToReach, holdsWayToReach } from './ways-to-reach.ts';

test.each([
  ['What is your email address?', ['email']],
  ["What's Miriam's e-mail?", ['email']],
  ['your email?', ['email']],
  ['email?', ['email']],
  ['Can I email you?', ['email']],
  ['Wie lautet Ihre E-Mail-Adresse?', ['email']],
  ['Quelle est votre adresse électronique ?', ['email']],
  ['¿Cuál es tu correo electrónico?', ['email']],
  ['Qual è la tua e-mail?', ['email']],
  ['Wat is je e-mailadres?', ['email']],
  ['What is your phone number?', ['telephone']],
  ["what's your phone", ['telephone']],
  ['Can I call you?', ['telephone']],
  ['Wie ist deine Telefonnummer?', ['telephone']],
  ['Quel est son numéro de téléphone ?', ['telephone']],
  ['¿Puedo llamarte?', ['telephone']],
  ['Qual é o teu telefone?', ['telephone']],
  ['How can I reach you?', ['contact']],
  ['how can i contact miriam', ['contact']],
  ['How do I get in touch with Miriam?', ['contact']],
  ['How can I get in touch?', ['contact']],
  ['What are your contact details?', ['contact']],
  ['Wie kann ich Sie erreichen?', ['contact']],
  ['Wie kann man Frau Okafor erreichen?', ['contact']],
  ['Comment puis-je vous contacter ?', ['contact']],
  ['¿Cómo puedo contactar con usted?', ['contact']],
  ['Come posso contattarla?', ['contact']],
  ['Como posso entrar em contacto com você?', ['contact']],
  ['Hoe kan ik u bereiken?', ['contact']],
  ['What is your phone number and email address?', ['email', 'telephone']],
])('%s asks for a way to reach somebody: %s', (question, ways) => expect(askToReach(question).ways).toEqual(ways));

test.each([
  'Which phone has the best camera?',
  'Did they reach an agreement?',
  'Did you reach London by train?',
  'How long did it take to reach Kathmandu?',
  'When did women reach Parliament?',
  'How many e-mails were sent?',
  'What is your e-mail policy?',
  'What is your mobile app built with?',
  'Where did you find Alice’s phone?',
  'What do you call a young goose?',
  'What did your friends call you at school?',
  'When can I call you?',
  'When did the ship reach the harbour?',
  'Which number is the house?',
  'Was möchten Sie erreichen?',
  'Wat kon u bereiken?',
])('%s does not', (question) => expect(askToReach(question)).toEqual({ question, ways: [], forms: [] }));

test('whose it is stays in the question', () => {
  expect(askToReach("What is Miriam's e-mail address?").question).toContain('Miriam');
  expect(askToReach('How do I contact Miriam Okafor?').question).toContain('Miriam Okafor');
  expect(askToReach('Wie kann man Frau Okafor erreichen?').question).toContain('Okafor');
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
    ['What is your phone number and your email address?', '+31 10 555 01 99'],
  ])('%s is answered by a letterhead that says none of its words', async (question, expected) => {
    const input = { question, history: [], signal: new AbortController().signal };
    const events = [];
    for await (const event of answerQuestion(createTestDeps(database), database.scope, input)) events.push(event);
    const quotes = events.flatMap((event) => (event.type === 'citation-add' ? [event.citation.quote] : []));
    expect(quotes[0]).toContain(expected);
  });

  test.each(['arabic', 'danish', 'dutch', 'english', 'finnish', 'french', 'german', 'lithuanian', 'spanish', 'simple'])(
    'an address and a number are known as what they are in %s',
    async (language) => {
      const { rows } = await sql<{ words: string[] }>`
        select tsvector_to_array(text_words('ada@okafor.example, +31 10 555 01 99', cast(${language} as regconfig))) as words
      `.execute(database.db);
      const said = new Set(rows[0]?.words);
      expect([holdsWayToReach('email', said), holdsWayToReach('telephone', said)]).toEqual([true, true]);
    },
  );
});
