import { expect, test } from 'vitest';
import { isClaim } from './is-claim.ts';

test.each([
  'A hive holds 40,000 bees.',
  'The document is not valid without a signature.',
  'Yes, drones have a sting.',
  '- parts and labour',
  '**Parts**: all of them are covered.',
  'Drohnen haben einen Stachel.',
  'The price is 40 €, which is not much.',
  'Water damage is not covered.',
  'VAT is not included.',
  'I don’t have a degree in physics.',
  'We do not answer calls on Sundays.',
  'The passages do not say when, but bees vote on Sundays.',
  'Sie können online bestellen, aber nicht stornieren.',
  'Los documentos no caducan.',
  'Non servono documenti.',
  'Документы не нужны.',
  'Feel free to return opened software within 90 days.',
  'Here is a summary of the policy, which refunds everything.',
])('claims something: %s', (sentence) => {
  expect(isClaim(sentence)).toBe(true);
});

test.each([
  'Here is what I found:',
  'Here is a short summary of the key points.',
  '## What it covers',
  '**What it covers**',
  'Would you like to know more?',
  'I hope this helps!',
  'Let me know if you have any other questions.',
  'You’re welcome!',
  'Thank you very much.',
  'Yes.',
  'Ja!',
  '1.',
  '---',
  '```\nconst hive = 40_000;\n```',
  'The passages do not say when it was built.',
  'The provided documents don’t mention the price.',
  'I could not find the price in your documents.',
  'There is no information about the price.',
  'The price is not stated in the passages.',
  'Keines der Dokumente nennt den Preis, die Stellen sagen darüber nichts.',
  'Les documents ne mentionnent pas le prix.',
  'Los documentos no mencionan el precio.',
  'Документы не говорят о цене.',
  'I don’t know that from your documents.',
  'هل تريد معرفة المزيد؟',
])('claims nothing: %s', (sentence) => {
  expect(isClaim(sentence)).toBe(false);
});
