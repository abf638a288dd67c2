import fc from 'fast-check';
import type { Nodes, RootContent } from 'mdast';
import { expect, test } from 'vitest';
import { parseStretches, parseWhole } from './markdown-stretches.ts';

const lines = `
 
Mind the lens.
  the wick
    four
	tabbed
# Oil
===
---
***
| a | b |
|---|---|
| 1
c | [a] | e
- item
- item
  - inner
1. first
1) other
* [ ] task
> quote
> - [a]
> > deep
>
> [!NOTE]
\`\`\`
  \`\`\`
> \`\`\`
~~~
[a]: /lens
[a]:
  [b c]: <x> "title
title"
[^1]: note
> [B  C]: /x
- [a]: /y
[a] and [b
c], [^1]
![a][b c]
<div>
</div>
<!-- so
-->
<pre>
</pre>
<script>
**bold
end** \`code
more\`
\\[a]
[\\[]: /z
[\\[]`.split('\n');

function withoutPositions(nodes: readonly RootContent[]): unknown {
  return JSON.parse(
    JSON.stringify(nodes, (key, value: unknown) => (key === 'position' || key === 'spread' ? undefined : value)),
  );
}

test('a text that is parsed a stretch at a time is read as it is as a whole', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(fc.constant(''), fc.constantFrom(...lines), fc.constantFrom(...lines), fc.constantFrom(...lines)),
        { maxLength: 40 },
      ),
      fc.integer({ min: 1, max: 60 }),
      (drawn, size) => {
        const text = drawn.join('\n');
        expect(withoutPositions(parseStretches(text, { stretchCharacters: size }))).toEqual(
          withoutPositions(parseWhole(text)),
        );
      },
    ),
    { numRuns: 1500 },
  );
});

test.each([
  ['callouts', '> [!NOTE]\n> Mind the lens.\n\n'],
  ['headings', 'Oil\n===\n\nMind the lens.\n\n'],
  ['one list', '- Mind the lens.\n  - And the wick.\n'],
  ['one quote', '> Mind the lens.\n>\n'],
  ['notes', '[^1]: Mind the lens.\n'],
  ['one table', 'Lens | Wick\n--- | ---\n'],
  ['one line', 'Mind the **lens** and [the wick](a). '],
  ['one paragraph', 'Mind the **lens** and [the wick](a).\n'],
])('what is parsed of %s grows as the text does, a little at a time', (_, piece) => {
  const text = piece.repeat(4000);
  let parsed = 0;
  let longest = 0;
  const parse = (source: string) => {
    parsed += source.length;
    longest = Math.max(longest, source.length);
    return parseWhole(source);
  };
  expect(parseStretches(text, { parse }).length).toBeGreaterThan(0);
  expect(parsed).toBeLessThan(6 * text.length);
  expect(longest).toBeLessThan(50_000);
});

function wordsIn(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(wordsIn).join('') : '';
}

test('a paragraph of any length is one block with all of its words', () => {
  const text = 'Mind the **lens** and the wick.\n    Fill the oil. '.repeat(50);
  const parsed = parseStretches(`${text}\n\nEnd.`, { stretchCharacters: 100, paragraphCharactersMax: 300 });
  expect(parsed.map(({ type }) => type)).toEqual(['paragraph', 'paragraph']);
  const [whole] = parseWhole(text);
  expect(wordsIn(parsed[0]!).replace(/\s+/g, ' ')).toBe(wordsIn(whole!).replace(/\s+/g, ' '));
});

test.each([' - ', ' > ', ' # ', ' + ', ' === ', ' 1986. ', '\n1986. ', '\n    '])(
  'no part of a long paragraph begins with a sign: %j',
  (sign) => {
    const text = `lens${sign}wick `.repeat(60).trim();
    for (let size = 20; size < 40; size += 1) {
      const parsed = parseStretches(text, { stretchCharacters: size, paragraphCharactersMax: 30 });
      expect(parsed.map(wordsIn)).toEqual([text.replaceAll('\n    ', '\n')]);
    }
  },
);

test('a long paragraph ends at a blank line', () => {
  for (let count = 7; count < 30; count += 1) {
    const parsed = parseStretches(`${'wick '.repeat(count)}\n\nEnd.`, {
      stretchCharacters: 8,
      paragraphCharactersMax: 30,
    });
    expect(parsed.map(wordsIn)).toEqual([expect.stringMatching(/^wick/), 'End.']);
  }
});
