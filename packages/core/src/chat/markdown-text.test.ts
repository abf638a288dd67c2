import { expect, test } from 'vitest';
import { conversationTitle } from './conversation-title.ts';
import { toMarkdownText } from './markdown-text.ts';

test.each([
  ['Plain text, snake_case_name and 2 > 1.', 'Plain text, snake_case_name and 2 > 1.'],
  ['As shown in [2], *all* `bees` dance', String.raw`As shown in \[2\], \*all\* \`bees\` dance`],
  ['<img src=x onerror=alert(1)>', String.raw`\<img src=x onerror=alert(1)>`],
  ['wrapped\n  line', 'wrapped line'],
  ['# not a heading', String.raw`\# not a heading`],
  ['- not an item', String.raw`\- not an item`],
  ['1. not a list', String.raw`1\. not a list`],
  ['_emphasis_', String.raw`\_emphasis\_`],
])('%j', (text, markdown) => {
  expect(toMarkdownText(text)).toBe(markdown);
});

test('a title is the question on one line, cut between words', () => {
  expect(conversationTitle('  Why do\n bees dance? ')).toBe('Why do bees dance?');
  expect(conversationTitle('word '.repeat(30))).toBe(`${'word '.repeat(12).trim()}…`);
  expect(conversationTitle(`${'x'.repeat(59)}😀${'y'.repeat(20)}`)).toBe(`${'x'.repeat(59)}…`);
});
