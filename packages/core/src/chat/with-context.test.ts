import { expect, test } from 'vitest';
import { testPassage } from '../testing/test-passage.ts';
import { listSentences } from './list-sentences.ts';
import { withContext } from './with-context.ts';

function quoted(content: string, beginsWith: string): string {
  const sentences = listSentences(testPassage(content));
  const chosen = sentences.find(({ text }) => text.startsWith(beginsWith));
  const { range } = withContext(chosen!, sentences);
  return content.slice(range.start, range.end);
}

const long = 'A sentence of more than two hundred characters says enough by itself, whatever stands beside it: '.repeat(
  3,
);

test.each([
  [
    'what follows a short sentence comes along',
    'I take two mentees a year. Write to me before August.',
    'I take',
    'I take two mentees a year. Write to me before August.',
  ],
  ['then what stands before', 'Go to site. Ask the crew. Take notes.', 'Take', 'Go to site. Ask the crew. Take notes.'],
  ['another paragraph does not', 'I miss the hills.\n\nI keep bees.', 'I miss', 'I miss the hills.'],
  [
    'nor does another item of a list',
    '1. Gauges 7 and 9 drift. Yusuf orders.\n2. Budget: none is left.',
    '1. Gauges',
    '1. Gauges 7 and 9 drift. Yusuf orders.',
  ],
  ['nor a question behind it', 'No dogs, please. What about cats?', 'No dogs', 'No dogs, please.'],
  [
    'the question before an answer does, and nothing before that',
    'Bring cash. May we smoke? Under the tree.',
    'Under',
    'May we smoke? Under the tree.',
  ],
  ['a sentence that says enough stays alone', `Bees dance. ${long.trim()}. Bees hum.`, 'A sentence', `${long.trim()}.`],
  [
    'one that opens with a pronoun takes along what it means, however long it is',
    `The clock stands at the harbour. It ${long.trim()}.`,
    'It A',
    `The clock stands at the harbour. It ${long.trim()}.`,
  ],
  [
    'a row of a table stays alone',
    '| Oil | Price |\n| --- | --- |\n| Lamp | 3 |\n| Whale | 5 |',
    '| Lamp',
    '| Lamp | 3 |',
  ],
])('%s', (_, content, beginsWith, expected) => expect(quoted(content, beginsWith)).toBe(expected));
