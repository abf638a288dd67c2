import { expect, test } from 'vitest';
import { groupWarnings } from './group-warnings.ts';

const unknown = 'is not a document of a known type.';
const unread = (why: string, ...inside: string[]) => ({ inside, why });

test('files that were not read for the same reason are one warning that names each', () => {
  const names = Array.from({ length: 60 }, (_, n) => `part-${n}.bin`);
  const warnings = [
    unread('is damaged.', 'broken.docx'),
    ...names.map((name) => unread(unknown, name)),
    '3 pictures were not looked at.',
  ];
  const [first, grouped, last, ...others] = groupWarnings(warnings);
  expect([first, last, others]).toEqual(['Not read: “broken.docx” is damaged.', warnings.at(-1), []]);
  for (const name of names) expect(grouped).toContain(`“${name}”`);
  expect(grouped).toMatch(/^Not read, 60 files: “part-0\.bin”, .*\. Each is not a document of a known type\.$/);
});

test('a file inside of a file inside is told with its path', () => {
  const warnings = [unread('is damaged.', 'a.zip', 'b.eml', 'x.bin'), unread('is damaged.', 'y.bin')];
  expect(groupWarnings(warnings)).toEqual(['Not read, 2 files: “a.zip › b.eml › x.bin”, “y.bin”. Each is damaged.']);
});

test('the same remark on two parts is told once', () => {
  expect(groupWarnings(['A page is blank.', 'A page is blank.'])).toEqual(['A page is blank.']);
});

test('there is an end to names and to warnings', () => {
  const names = Array.from({ length: 3_000 }, (_, n) => unread(unknown, `${n}`));
  expect(groupWarnings(names)[0]).toContain('“999”, 2000 more. Each is not');
  const others = Array.from({ length: 300 }, (_, n) => `Remark ${n}.`);
  expect(groupWarnings(others)).toHaveLength(201);
  expect(groupWarnings(others).at(-1)).toBe('And 100 more warnings.');
});

test('a name may hold what sentences are made of', () => {
  const odd = unread('is damaged.', 'Re: minutes.eml', 'a “b” c.bin');
  expect(groupWarnings([odd])).toEqual(['Re: minutes.eml: Not read: “a “b” c.bin” is damaged.']);
  expect(groupWarnings([odd, unread('is damaged.', 'y.bin')])).toEqual([
    'Not read, 2 files: “Re: minutes.eml › a “b” c.bin”, “y.bin”. Each is damaged.',
  ]);
});
