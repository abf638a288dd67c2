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
  second
    - innermost
    third
  | a | b |
  |---|---|
  | 1 | 2
    > of the inner
1. first
   - in the first
   > in the first
   [a]: /lens
    - in the first
1) other
* [ ] task
> quote
> - [a]
> > deep
> 1. numbered
>    - inner
>
>    paragraph
>   | a | b |
>   |---|---|
> [c]: /lens
[c]: /lens
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
    of it
    - in it
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

/** What a text may be inside of: before its first line, and before the others. */
const wraps: readonly (readonly [string, string])[] = [
  ['', ''],
  ['- ', '  '],
  ['-\t', '\t'],
  ['10) ', '    '],
  ['> ', '> '],
  ['> - ', '>   '],
  ['- > ', '  > '],
  ['- a\n\n  - ', '    '],
  ['> > ', '> > '],
  ['[^2]: ', '    '],
  ['- a\n  - > ', '    > '],
];

function wrapped(lines: readonly string[], [first, rest]: readonly [string, string]): string {
  return lines.map((line, index) => (index === 0 ? first : line === '' ? rest.trimEnd() : rest) + line).join('\n');
}

/** Code in a quote that is in an item is, as a whole, sometimes a block for each line. */
function withoutPositions(nodes: readonly RootContent[]): unknown {
  return JSON.parse(
    JSON.stringify(nodes, (key, value: unknown) => {
      if (key === 'position' || key === 'spread') return undefined;
      return key === 'children' ? joinedCode(value as Nodes[]) : value;
    }),
  );
}

function joinedCode(nodes: readonly Nodes[]): Nodes[] {
  const joined: Nodes[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (last?.type === 'code' && node.type === 'code' && last.lang == null && node.lang == null)
      joined[joined.length - 1] = { ...last, value: `${last.value}\n${node.value}` };
    else joined.push(node);
  }
  return joined;
}

test('a text that is parsed a stretch at a time is read as it is as a whole', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(fc.constant(''), fc.constantFrom(...lines), fc.constantFrom(...lines), fc.constantFrom(...lines)),
        { maxLength: 40 },
      ),
      fc.constantFrom(...wraps),
      fc.integer({ min: 1, max: 60 }),
      (drawn, wrap, size) => {
        const text = wrapped(['lens', ...drawn], wrap);
        expect(withoutPositions(parseStretches(text, { stretchCharacters: size }))).toEqual(
          withoutPositions(parseWhole(text)),
        );
      },
    ),
    { numRuns: 1500 },
  );
}, 120_000);

test.each([
  ['callouts', '> [!NOTE]\n> Mind the lens.\n\n'],
  ['headings', 'Oil\n===\n\nMind the lens.\n\n'],
  ['one list', '- Mind the lens.\n  - And the wick.\n'],
  ['one quote', '> Mind the lens.\n>\n'],
  ['notes', '[^1]: Mind the lens.\n'],
  ['one table', 'Lens | Wick\n--- | ---\n'],
  ['one line', 'Mind the **lens** and [the wick](a). '],
  ['one paragraph', 'Mind the **lens** and [the wick](a).\n'],
  ['one list in a quote', '> - Mind the lens.\n'],
  ['lists of a list in a quote', '> - Mind the lens.\n>   - And the wick.\n'],
  ['one item', '\n  Mind the lens of the lamp.\n', '- Lamp'],
  ['one item, indented by tabs', '\n\tMind the lens of the lamp.\n', '-\tLamp'],
  ['a list in an item of a list in an item', '     - Mind the lens.\n', '1. Lamp\n   - Lens\n'],
  ['a list in a quote in an item', '  > - Mind the lens.\n', '- Lamp\n'],
  ['one table in an item', '  | Lens | Wick |\n', '- Lamp\n\n  | a | b |\n  | --- | --- |\n'],
  ['one table in a quote', '> Lens | Wick\n', '> a | b\n> --- | ---\n'],
  ['one note', '\n    Mind the lens of the lamp.\n', '[^1]: Lamp'],
  ['one paragraph in an item', '  Mind the **lens** and [the wick](a).\n', '- Lamp\n'],
  ['one paragraph in a quote in a note', '    > Mind the **lens** and [the wick](a).\n', '[^1]: Lamp\n'],
  ['headings without blank lines', 'Lens\n===\n'],
  ['fences', '```\nMind the lens.\n'],
  ['one line in an item', 'Mind the **lens** and [the wick](a). ', '- '],
  ['one paragraph that goes on without the sign of its quote', 'Mind the **lens** and the wick.\n', '> Lamp\n'],
])('what is parsed of %s grows as the text does, a little at a time', (_, piece, start = '') => {
  const text = start + piece.repeat(4000);
  const { blocks, parsed, longest } = measureParsing(text);
  expect(blocks).toBeGreaterThan(0);
  expect(parsed).toBeLessThan(6 * text.length);
  expect(longest).toBeLessThan(50_000);
});

test.each([
  ['of short lines', 'lamp oil\n', ''],
  ['of short lines in a quote', '> oil\n', ''],
  ['in an item', '  Mind the lens of the lamp.\n', '- Lamp\n'],
])('a long paragraph %s is parsed little more than once, a few thousand characters at a time', (_, piece, start) => {
  const text = start + piece.repeat(10_000);
  const { blocks, parsed, longest } = measureParsing(text);
  expect(blocks).toBe(1);
  expect(parsed).toBeLessThan(1.3 * text.length);
  expect(longest).toBeLessThan(piece.length < 10 ? 8_100 : 16_100);
});

test.each(['', '\n\nEnd.', `\n\n${'The wick. '.repeat(2000)}`])(
  'a paragraph full of signs that somebody wrote is read whole',
  (rest) => {
    const written = Array.from({ length: 150 }, (_, index) => `**oil ${index}** [the lamp][a]`).join(' or ');
    const text = `[a]: /lamp\n\n${written}${rest}`;
    expect(withoutPositions(parseStretches(text).slice(0, 2))).toEqual(withoutPositions(parseWhole(text).slice(0, 2)));
  },
);

test.each(['[[*_](a', '*lens ', 'a <!-- b '])(
  'of many signs, no more than a few hundred are parsed at once: %s',
  (piece) => {
    let longest = 0;
    const parse = (source: string) => {
      longest = Math.max(longest, source.length);
      return parseWhole(source);
    };
    parseStretches(piece.repeat(2000), { parse });
    expect(longest).toBeLessThan(2500);
  },
);

/** How many characters are parsed of a text in all, and at once. */
function measureParsing(text: string): { blocks: number; parsed: number; longest: number } {
  let parsed = 0;
  let longest = 0;
  const parse = (source: string) => {
    parsed += source.length;
    longest = Math.max(longest, source.length);
    return parseWhole(source);
  };
  return { blocks: parseStretches(text, { parse }).length, parsed, longest };
}

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

test.each([
  ['an item', '- lens ', '  wick\n', ['list']],
  ['an item of an item', '1. - lens ', '     wick\n', ['list']],
  ['a quote', '> lens ', '> wick\n', ['blockquote']],
  ['a quote in a note', '[^1]: > lens ', '    > wick\n', ['footnoteDefinition']],
])('a paragraph of any length in %s is one block with all of its words', (_, start, line, types) => {
  for (let size = 20; size < 60; size += 7) {
    const text = start + line.trimStart() + line.repeat(60);
    const parsed = parseStretches(text, { stretchCharacters: size, paragraphCharactersMax: 90 });
    expect(parsed.map(({ type }) => type)).toEqual(types);
    expect(shapeOf(parsed)).toEqual(shapeOf(parseWhole(text)));
    expect(wordsIn(parsed[0]!).replace(/\s+/g, ' ')).toBe(wordsIn(parseWhole(text)[0]!).replace(/\s+/g, ' '));
  }
});

/** The kinds of blocks in blocks. */
function shapeOf(nodes: readonly Nodes[]): unknown[] {
  return nodes.map((node) =>
    'children' in node && node.type !== 'paragraph' ? [node.type, shapeOf(node.children)] : node.type,
  );
}

test('a long paragraph ends at a blank line', () => {
  for (let count = 7; count < 30; count += 1) {
    const parsed = parseStretches(`${'wick '.repeat(count)}\n\nEnd.`, {
      stretchCharacters: 8,
      paragraphCharactersMax: 30,
    });
    expect(parsed.map(wordsIn)).toEqual([expect.stringMatching(/^wick/), 'End.']);
  }
});
