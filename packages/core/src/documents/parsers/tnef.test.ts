import { makeEmail } from '@twin/testing/fixtures/email';
import { attribute, makeTnef, type TnefFixture } from '@twin/testing/fixtures/tnef';
import { isSlow } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture, refusalOf } from '../../testing/read-fixture.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const header =
  'From: Ada <ada@example.org>\nTo: Grace <grace@example.org>\nCc: Bob <bob@example.org>\nDate: 2026-03-06T10:00:00.000Z';
const damaged = 'The file is damaged: what comes behind the damage was not read.';

test('winmail.dat is read as the message it is, with the files and messages attached to it', async () => {
  const parsed = await readFixture('winmail.dat');
  expect(parsed).toMatchObject({ title: 'Opening & cake', mediaType: 'application/ms-tnef', warnings: [] });
  expect(outlineOf(parsed)).toEqual([
    `paragraph: ${header}\nSubject: Opening & cake`,
    'paragraph: Come on Friday.',
    'quote: > Which Friday?',
    'heading1: Guests of the opening.csv',
    'table: | Name | Cakes |\n| --- | --- |\n| Ada | 2 |',
    'heading1: The way',
    `paragraph: ${header}\nSubject: The way`,
    'paragraph: Left at the harbour.',
  ]);
});

test('it is known by its bytes, and texts that are not Unicode are in the code page it names', async () => {
  const cyrillic = (text: string) =>
    Uint8Array.from(text, (letter) => letter.charCodeAt(0) - (letter.charCodeAt(0) < 0x80 ? 0 : 0x350));
  const message = makeTnef({ subject: 'Да', text: 'Мы едем в Москву.', codePage: 1251, encode: cyrillic });
  const parsed = await readBytes('noname.txt', message);
  expect(parsed.title).toBe('Да');
  expect(outlineOf(parsed).at(-1)).toBe('paragraph: Мы едем в Москву.');
});

test('in a message, it does not repeat what that says', async () => {
  const rtf = Buffer.from('{\\rtf1\\ansi The ferry sails at noon.\\par Bring coats.\\par}');
  const compressed = Buffer.alloc(16 + rtf.length);
  compressed.writeUInt32LE(rtf.length, 4);
  compressed.write('MELA', 8);
  compressed.set(rtf, 16);
  const attachments = [{ fileName: 'quay.txt', content: utf8('The ferry sails at noon.') }];
  const packed = makeTnef({ subject: 'Ferry', rtf: compressed, attachments });
  const mail = makeEmail('Ferry', 'The ferry sails at noon.', [{ fileName: 'winmail.dat', content: packed }]);
  expect(outlineOf(await readBytes('m.eml', mail)).slice(1)).toEqual([
    'paragraph: The ferry sails at noon.',
    'heading1: winmail.dat',
    `paragraph: ${header}\nSubject: Ferry`,
    'paragraph: Bring coats.',
    'heading2: quay.txt',
    'paragraph: The ferry sails at noon.',
  ]);
});

test('a broken one is read as far as it goes, and refused where that says nothing', async () => {
  const whole = makeTnef({
    subject: 'Ferry',
    text: 'Noon.',
    attachments: [{ fileName: 'a.txt', content: utf8('Coats.') }],
  });
  const cut = await readBytes('winmail.dat', whole.slice(0, -30));
  expect(outlineOf(cut).slice(0, 2)).toEqual([`paragraph: ${header}\nSubject: Ferry`, 'paragraph: Noon.']);
  expect(cut.warnings).toContain(damaged);
  expect(await refusalOf(readBytes('winmail.dat', whole.slice(0, 17)))).toBe('corrupt');
  expect(await refusalOf(readBytes('winmail.dat', whole.slice(0, 4)))).toBe('empty');
  const trailed = await readBytes('winmail.dat', Buffer.concat([whole, Buffer.from('\r\n')]));
  expect(trailed.warnings).toEqual([]);
});

test.each([
  ['an attribute', attribute(1, 0x800c, utf8('Short.'), 0xffff_fff0)],
  ['a number of properties', attribute(1, 0x9003, Buffer.from('ffffffff', 'hex'))],
  ['a number of values', attribute(1, 0x9003, Buffer.from('010000000310008effffffff', 'hex'))],
  ['a value', attribute(1, 0x9003, Buffer.from('010000000201091001000000ffffffff00', 'hex'))],
  ['a name', attribute(1, 0x9003, Buffer.from(`010000001f000080${'00'.repeat(16)}01000000ffffffff`, 'hex'))],
  ['a number of recipients', attribute(1, 0x9004, Buffer.from('ffffffff', 'hex'))],
  ['a number of recipients, before a byte,', attribute(1, 0x9004, Buffer.from('ffffffff00', 'hex'))],
  [
    'a number of recipients without values',
    attribute(1, 0x9004, Buffer.concat([Buffer.from('ffffffff', 'hex'), Buffer.alloc(8_000_000)])),
  ],
])('%s that lies about its size takes neither time nor memory', async (_, lie) => {
  const message = Buffer.concat([makeTnef({ subject: 'Ferry', text: 'Noon.' }), lie]);
  const read = async () => expect(outlineOf(await readBytes('winmail.dat', message))).toContain('paragraph: Noon.');
  expect(await isSlow(read, 2000)).toBe(false);
});

test('more attachments than an upload may hold, and messages in each other without end, are refused', async () => {
  const many = Buffer.concat([
    makeTnef({ subject: 'Many' }),
    ...Array.from({ length: 100_000 }, () => attribute(2, 0x9002, Buffer.alloc(14))),
  ]);
  expect(await refusalOf(readBytes('winmail.dat', many))).toBe('too-many-files');
  const nest = (levels: number): TnefFixture => ({
    subject: `Level ${levels}`,
    attachments: levels === 0 ? [] : [nest(levels - 1)],
  });
  const { canonicalText, warnings } = await readBytes('winmail.dat', makeTnef(nest(6)));
  expect(canonicalText).toContain('Level 3');
  expect(canonicalText).not.toContain('Subject: Level 1');
  expect(JSON.stringify(warnings)).toContain('“Level 2” is packed inside too many archives');
});
