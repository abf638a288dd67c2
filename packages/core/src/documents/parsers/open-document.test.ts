import { expect, test } from 'vitest';
import { outlineOf, readFixture } from '../../testing/read-fixture.ts';

test('a text keeps headings, notes, lists and tables, and leaves deleted text out', async () => {
  const parsed = await readFixture('ferry.odt');
  expect(parsed).toMatchObject({ title: 'A fixture', mediaType: 'application/vnd.oasis.opendocument.text' });
  expect(outlineOf(parsed)).toEqual([
    'heading2: The ferry',
    'paragraph: It sails at noon[1].',
    'paragraph: [1] Not on Sundays.',
    'list-item: Bring a coat.',
    'table: | From | To |\n| --- | --- |\n| Aby | Bo |',
  ]);
});

test('a sheet ends where its cells end, however far it claims to reach', async () => {
  expect(outlineOf(await readFixture('tides.ods'))).toEqual([
    'heading1: Tides',
    'table: | Day | Metres |\n| --- | --- |\n| Monday | 2,4 |',
  ]);
});

test('each slide is a section and a page, with its notes', async () => {
  const parsed = await readFixture('plan.odp');
  expect(outlineOf(parsed)).toEqual([
    'heading1: Harbour plan',
    'paragraph: A longer pier',
    'heading2: Notes',
    'paragraph: Mention the storm.',
  ]);
  expect(parsed.pageCount).toBe(1);
});
