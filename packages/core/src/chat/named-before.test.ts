import { expect, test } from 'vitest';
import { namedBefore } from './named-before.ts';

const drill = { documentTitle: 'K18 cordless hammer drill: manual' };
const bicycle = { documentTitle: 'Ridgeback 300: manual' };
const titles = [drill, bicycle];
const asked = 'How long does it take to charge the battery?';

test('the document that was named last is meant where the question names none', () => {
  const isNamed = namedBefore(
    asked,
    ['Is it loud?', 'What are the gears of the K18 for?', 'Is the Ridgeback red?'],
    titles,
  );
  expect(titles.map(isNamed)).toEqual([true, false]);
});

test.each([
  [
    'the question names one itself',
    'How long does the battery of the Ridgeback last?',
    ['What are the gears of the K18 for?'],
  ],
  ['nothing was named', asked, ['Which gears are there?']],
  ['what was named is in every title', asked, ['Where is the manual?']],
  ['nothing was asked before', asked, []],
])('none is where %s', (_, question, earlier) => {
  expect(titles.some(namedBefore(question, earlier, titles))).toBe(false);
});
