import { makeOpenDocument } from '@twin/testing/fixtures/open-document';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture } from '../../testing/read-fixture.ts';

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

test('a document type is passed over, unless it declares entities', async () => {
  const parts = unzipSync(makeOpenDocument('text', '<text:p>The ferry sails.</text:p>'));
  const declare = (doctype: string) => {
    const manifest = Buffer.from(parts['META-INF/manifest.xml']!).toString();
    return zipSync({ ...parts, 'META-INF/manifest.xml': strToU8(`${doctype}${manifest}`) });
  };
  const named = declare('<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">');
  expect((await readBytes('old.odt', named)).canonicalText).toBe('The ferry sails.');
  const bomb = declare('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>');
  await expect(readBytes('bomb.odt', bomb)).rejects.toMatchObject({ reason: 'corrupt' });
});
