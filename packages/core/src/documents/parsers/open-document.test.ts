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

test('lists and headings carry the numbers that they show', async () => {
  const numberOf = (level: number, format: string, more = '') =>
    `<text:list-level-style-number text:level="${level}" style:num-format="${format}" style:num-suffix=")" ${more}/>`;
  const styles = `<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>
    <text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>
    <text:outline-level-style text:level="3" style:num-format=""/></text:outline-style>
    <text:list-style style:name="L1">${numberOf(1, '1')}${numberOf(2, 'a')}
    ${numberOf(3, 'i', 'loext:num-list-format="%1%.%3%"')}<text:list-level-style-bullet text:level="4"/></text:list-style>`;
  const item = (...inner: string[]) => `<text:list-item>${inner.join('')}</text:list-item>`;
  const p = (text: string) => `<text:p>${text}</text:p>`;
  const list = (inner: string, more = '') => `<text:list ${more}>${inner}</text:list>`;
  const h = (level: number, text: string) => `<text:h text:outline-level="${level}">${text}</text:h>`;
  const deep = list(item(p('In time'), list(item(p('By post')))));
  const body = [
    h(1, 'Term'),
    h(2, 'Notice'),
    h(3, 'Forms'),
    list(
      item(p('Rent'), p('goes on')) + item(p('Keys'), list(item(p('Two'), deep) + item(p('Three')))),
      'text:style-name="L1"',
    ),
    p('Between.'),
    list(item(p('Coat')), 'text:style-name="L1" text:continue-numbering="true"'),
    list(item(p('Anew')), 'text:style-name="L1"'),
    h(1, 'Rent'),
    h(2, 'Monthly'),
  ];
  const parts = unzipSync(makeOpenDocument('text', body.join('')));
  parts['styles.xml'] = strToU8(
    `<office:document-styles><office:styles>${styles}</office:styles></office:document-styles>`,
  );
  expect(outlineOf(await readBytes('numbered.odt', zipSync(parts)))).toEqual([
    'heading1: 1 Term',
    'heading2: 1.1 Notice',
    'heading3: Forms',
    'list-item: 1) Rent',
    'list-item: goes on',
    'list-item: 2) Keys',
    'list-item: a) Two',
    'list-item: 2.i In time',
    'list-item: By post',
    'list-item: b) Three',
    'paragraph: Between.',
    'list-item: 3) Coat',
    'list-item: 1) Anew',
    'heading1: 2 Rent',
    'heading2: 2.1 Monthly',
  ]);
});

test.each(['-2', '1.5', '0', '1e9', 'x'])(
  'a heading whose level is no level (%s) is read without a number',
  async (level) => {
    const styles = `<text:outline-style><text:outline-level-style text:level="${level}" text:display-levels="${level}"
    style:num-format="1"/><text:outline-level-style text:level="1" style:num-format="1"/></text:outline-style>`;
    const body = `<text:h text:outline-level="1">Term</text:h><text:h text:outline-level="${level}">Notice</text:h>`;
    const parts = unzipSync(makeOpenDocument('text', body));
    parts['styles.xml'] = strToU8(
      `<office:document-styles><office:styles>${styles}</office:styles></office:document-styles>`,
    );
    const read = outlineOf(await readBytes('numbered.odt', zipSync(parts)));
    expect(read).toEqual(['heading1: 1 Term', expect.stringMatching(/^heading[16]: Notice$/)]);
  },
);

test('a list that counts in a way that is not known is numbered in digits', async () => {
  const styles = `<text:list-style style:name="L1"><text:list-level-style-number text:level="1"
    style:num-format="一, 二, 三, ..." style:num-suffix="."/></text:list-style>`;
  const items = ['Rent', 'Keys'].map((text) => `<text:list-item><text:p>${text}</text:p></text:list-item>`);
  const parts = unzipSync(makeOpenDocument('text', `<text:list text:style-name="L1">${items.join('')}</text:list>`));
  parts['styles.xml'] = strToU8(
    `<office:document-styles><office:styles>${styles}</office:styles></office:document-styles>`,
  );
  const read = outlineOf(await readBytes('numbered.odt', zipSync(parts)));
  expect(read).toEqual(['list-item: 1. Rent', 'list-item: 2. Keys']);
});

test.each([
  ['', 'ab'],
  ['style:num-letter-sync="false"', 'ab'],
  ['style:num-letter-sync="true"', 'bb'],
])('letters go on behind z as the list says (%s)', async (sync, letters) => {
  const styles = `<text:list-style style:name="L1"><text:list-level-style-number text:level="1"
    style:num-format="a" style:num-suffix="." text:start-value="28" ${sync}/></text:list-style>`;
  const list = '<text:list text:style-name="L1"><text:list-item><text:p>Rent</text:p></text:list-item></text:list>';
  const parts = unzipSync(makeOpenDocument('text', list));
  parts['styles.xml'] = strToU8(
    `<office:document-styles><office:styles>${styles}</office:styles></office:document-styles>`,
  );
  expect(outlineOf(await readBytes('numbered.odt', zipSync(parts)))).toEqual([`list-item: ${letters}. Rent`]);
});
