import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

test('what is ticked off in a task list is told', async () => {
  const parsed = await readBytes('tasks.md', '- [x] Mend the gate\n- [ ] Paint it\n- Ordinary\n');
  expect(outlineOf(parsed)).toEqual(['list-item: [x] Mend the gate', 'list-item: [ ] Paint it', 'list-item: Ordinary']);
});

const shownOf = async (text: string) => outlineOf(await readBytes('note.md', text)).join('\n');

test.each([
  'Write 5%% for the rate and 7%% for the fee.',
  'for %%f in (lamps.txt) do copy %%f to the backup.',
  'for %%f in (lamps.txt) do echo %%f %%~nf.',
  'Take x %% 2 or y %% 3 of them.',
  'Dear %%FIRST_NAME%%, mind the lens.',
  'if a ==b and false if c== d',
  'Compare x ^beta',
  'Compare rows[[1]] and if [[ -f lamp || -f wick ]]',
])('ordinary text keeps its words and signs: %s', async (text) => {
  expect(await shownOf(text)).toBe(`paragraph: ${text}`);
});

test.each([
  ['Mind %%the old%% lens.%% so%%', 'Mind  lens.%% so%%'],
  ['Mind the lens. %%ask Ada, again%%', 'Mind the lens.'],
  ['Mind the lens. %% ask Ada %%', 'Mind the lens.'],
  ['%%\nask Ada\n%%\nMind the lens.', 'Mind the lens.'],
  ['Mind the ==old lens==, and ==wick==.', 'Mind the old lens, and wick.'],
  ['[[C#]], [[Oil#Filling]], [[#Wick]], [[Oil#^a1b2c3]], [[Oil|fuel]]', 'C#, Oil > Filling, Wick, Oil, fuel'],
  ['A ![[lamp.png]]lamp![[lamp.png]]', 'A lamp'],
  ['See [[Oil]]. ^block1', 'See Oil.'],
])('signs of notes are read as shown: %s', async (text, shown) => {
  expect((await shownOf(text)).replace(/\s+/g, ' ')).toBe(`paragraph: ${shown.replace(/\s+/g, ' ')}`);
});

test('a picture is described by its text, unless that is the name of its file', async () => {
  expect(await shownOf('A ![Figure 3: the plan as drawn in plan.png](a/b.png)')).toBe(
    'paragraph: A Figure 3: the plan as drawn in plan.png',
  );
  expect(await shownOf('A ![plan.png](a/b.png)![My plan.png](a/My%20plan.png)![The plan.jpg](<The plan.jpg>)')).toBe(
    'paragraph: A',
  );
});

test.each([
  ['quotes on a line', `${'>'.repeat(100_000)} lens`],
  ['lists on a line', `${'- '.repeat(100_000)}lens`],
  ['numbers on a line', `${'1. '.repeat(100_000)}lens`],
  ['lists line by line', Array.from({ length: 250 }, (_, depth) => `${'  '.repeat(depth)}- lens`).join('\n')],
])('%s that are in each other more often than anybody writes are read', async (_, markdown) => {
  expect((await readBytes('deep.md', `Mind the wick.\n\n${markdown}\n`)).canonicalText).toMatch(
    /^Mind the wick\.[^]*lens$/,
  );
});

test('a row of dashes or stars is a rule, however long', async () => {
  const rules = ['- '.repeat(300), '*'.repeat(300), ' *'.repeat(300)].join('\n\n');
  expect((await readBytes('rules.md', `Lens\n\n${rules}\n\nWick`)).canonicalText).toBe('Lens\n\nWick');
});

test('code keeps rows of signs as they are', async () => {
  const code = `${'*'.repeat(600)}\n${'>'.repeat(80)} lens\n${' '.repeat(130)}- wick`;
  const { canonicalText } = await readBytes(
    'log.md',
    `Before\n\n~~~\n${code}\n~~~\n\n\`\`\`\`\n\`\`\`\n${code}\n\`\`\`\`\n`,
  );
  expect(canonicalText).toBe(`Before\n\n${code}\n\n\`\`\`\n${code}`);
});

test.each([
  ['a cell', `| a | b |\n| --- | --- |\n| ${'*lens* _and _wick '.repeat(3_000)}| end |\n`],
  ['a row', `| a | b |\n| --- | --- |\n|${' lens |'.repeat(8_000)} end |\n`],
  ['a heading', `# ${'*lens* _and _wick '.repeat(3_000)}end\n`],
  ['brackets', `${'['.repeat(10_000)}lens${']'.repeat(10_000)} end`],
  ['emphasis', `${'*'.repeat(100_000)}lens${'*'.repeat(100_000)} end`],
  ['emphasis in each other', `${'*lens '.repeat(5_000)}${'wick* '.repeat(5_000)}end`],
])('%s that nobody wrote is read as text', async (_, markdown) => {
  const { canonicalText } = await readBytes('long.md', `Mind the wick.\n\n${markdown}`);
  expect(canonicalText).toMatch(/^Mind the wick\.[^]*lens[^]*end(?: \|)?$/);
});
