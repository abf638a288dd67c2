import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture } from '../../testing/read-fixture.ts';

test('a list of flat records is a table, long numbers as written', async () => {
  expect(outlineOf(await readFixture('stations.json'))).toEqual([
    'table: | id | name | rain |\n| --- | --- | --- |\n| 12345678901234567890 | North | |\n| 2 | | true |',
  ]);
});

test('anything else is code, put on lines when it had none', async () => {
  const parsed = await readBytes('one.json', '{"a":[1,{"b":"x, {y}"}],"n":1.10,"e":{}}');
  expect(outlineOf(parsed)).toEqual([
    'code: {\n  "a": [\n    1,\n    {\n      "b": "x, {y}"\n    }\n  ],\n  "n": 1.10,\n  "e": {}\n}',
  ]);
});

test('malformed JSON is read as it is, with a warning', async () => {
  const parsed = await readBytes('bad.json', '{"a": 1,');
  expect(parsed.canonicalText).toBe('{"a": 1,');
  expect(parsed.warnings).toHaveLength(1);
});

test('JSON lines with structure inside are kept line by line', async () => {
  expect((await readFixture('events.jsonl')).blocks).toHaveLength(2);
});

test('names that mean something to JavaScript are only names', async () => {
  const parsed = await readBytes('proto.json', '[{"__proto__":"x","constructor":"y"}]');
  expect(parsed.canonicalText).toContain('| __proto__ | constructor |');
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('a notebook yields its prose, its code and what the code printed', async () => {
  const parsed = await readFixture('rain.ipynb');
  expect(parsed.title).toBe('Rain of March');
  expect(outlineOf(parsed)).toEqual(['heading2: Rain', 'paragraph: Per day.', 'code: sum(rain)', 'code: 41.5']);
});

test('records that have little in common are told one by one, not as a table of empty cells', async () => {
  const records = Array.from({ length: 60 }, (_, index) => ({ id: index, [`only here ${index}`]: 'yes' }));
  const parsed = await readBytes('sparse.json', JSON.stringify(records));
  expect(parsed.blocks).toHaveLength(60);
  expect(outlineOf(parsed)[7]).toBe('paragraph: id: 7\nonly here 7: yes');
});

test('a notebook of the format before 2015 is read, and what is cut from an output is told of', async () => {
  const cells = [
    { cell_type: 'heading', level: 2, source: 'Rain' },
    { cell_type: 'code', input: ['sum(rain)'], outputs: [{ output_type: 'pyout', text: ['x'.repeat(20_001)] }] },
  ];
  const parsed = await readBytes('old.ipynb', JSON.stringify({ nbformat: 3, worksheets: [{ cells }] }));
  expect(outlineOf(parsed).slice(0, 2)).toEqual(['heading2: Rain', 'code: sum(rain)']);
  expect(parsed.warnings).toEqual(['Outputs of which only the first 20,000 characters were read: 1.']);
});
