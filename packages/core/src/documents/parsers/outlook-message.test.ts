import { makeEmail } from '@twin/testing/fixtures/email';
import { makeOutlookMessage, type OutlookFixture } from '@twin/testing/fixtures/outlook-message';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture, refusalOf } from '../../testing/read-fixture.ts';

const header =
  'From: Ada <ada@example.org>\nTo: Grace <grace@example.org>\nCc: Bob <bob@example.org>\nDate: 2026-03-06T10:00:00.000Z';

test('a message of Outlook is read as one in EML is, with the files and messages attached to it', async () => {
  const parsed = await readFixture('invitation.msg');
  expect(parsed).toMatchObject({ title: 'Opening & cake', mediaType: 'application/vnd.ms-outlook' });
  expect(outlineOf(parsed)).toEqual([
    `paragraph: ${header}\nSubject: Opening & cake`,
    'paragraph: Come on Friday.',
    'quote: > Which Friday?',
    'heading1: guests.csv',
    'table: | Name | Cakes |\n| --- | --- |\n| Ada | 2 |\n| Grace | 1 |',
    'heading1: The way.msg',
    `paragraph: ${header}\nSubject: The way`,
    'paragraph: Left at the harbour.',
  ]);
  expect(parsed.blocks.at(-1)?.part).toBe('The way.msg');
  expect(parsed.warnings).toEqual([
    'The way.msg: Not read: “linked.docx” is attached in a way that only Outlook can open. Save it from there and upload it on its own.',
  ]);
});

test('the text of a message is read where it is RTF alone; a damaged one is told of', async () => {
  const rtf = Buffer.from('{\\rtf1\\ansi The ferry sails at noon.\\par}');
  const compressed = Buffer.alloc(16 + rtf.length);
  compressed.writeUInt32LE(rtf.length, 4);
  compressed.write('MELA', 8);
  compressed.set(rtf, 16);
  const parsed = await readBytes('m.msg', makeOutlookMessage({ subject: 'Ferry', compressedRtf: compressed }));
  expect(outlineOf(parsed).at(-1)).toBe('paragraph: The ferry sails at noon.');
  const damaged = makeOutlookMessage({ subject: 'Ferry', compressedRtf: rtf });
  expect((await readBytes('m.msg', damaged)).warnings).toEqual([
    'The text of the message is damaged and was not read.',
  ]);
});

test('texts that are not Unicode are read in the code page of the writer’s language', async () => {
  const cyrillic = (text: string) =>
    Uint8Array.from(text, (letter) => {
      const code = letter.charCodeAt(0);
      return code < 0x80 ? code : code - 0x350;
    });
  const message = makeOutlookMessage({ subject: 'Да', text: 'Мы едем в Москву.', locale: 1049, encode: cyrillic });
  expect(await readBytes('m.msg', message)).toMatchObject({
    title: 'Да',
    canonicalText: expect.stringContaining('Мы едем в Москву.'),
  });
});

test('messages attached to messages are read down to the deepest level that is opened', async () => {
  const nest = (levels: number): OutlookFixture => ({
    subject: `Level ${levels}`,
    text: `Text ${levels}.`,
    attachments: levels === 0 ? [] : [nest(levels - 1)],
  });
  const parsed = await readBytes('chain.msg', makeOutlookMessage(nest(5)));
  expect(parsed.canonicalText).toContain('Text 2.');
  expect(parsed.canonicalText).not.toContain('Text 1.');
  expect(parsed.warnings.join()).toContain('packed inside too many archives');
});

test('a message that is sealed for whom it went to is refused, in EML too; a signature is nothing to read', async () => {
  const sealed = [{ fileName: 'smime.p7m', content: Buffer.from('0') }];
  expect(await refusalOf(readFixture('sealed.msg'))).toBe('sealed-message');
  expect(await refusalOf(readBytes('sealed.eml', makeEmail('Secret', '', sealed)))).toBe('sealed-message');
  const signed = [{ fileName: 'smime.p7s', content: Buffer.from('0'), mediaType: 'application/pkcs7-signature' }];
  expect((await readBytes('signed.eml', makeEmail('Open', 'Read me.', signed))).warnings).toEqual([]);
  expect((await readBytes('m.msg', makeOutlookMessage({ subject: 'Open', attachments: signed }))).warnings).toEqual([]);
});

test('of what is no message that much is said; one that is cut off is damaged, not an old document', async () => {
  const contact = makeOutlookMessage({ subject: 'Ada', kind: 'IPM.Contact' });
  expect((await readBytes('ada.msg', contact)).warnings).toEqual([
    'This is no message but an item of another kind (IPM.Contact): only its subject and its text were read.',
  ]);
  expect(await refusalOf(readBytes('ada.msg', contact.slice(0, 700)))).toBe('corrupt');
});

test('attachments of any size are read', async () => {
  const long = 'The tide comes and goes.\n\n'.repeat(4_000);
  const attachments = [{ fileName: 'tides.txt', content: Buffer.from(`${long}The end.`) }];
  const parsed = await readBytes('m.msg', makeOutlookMessage({ subject: 'Tides', attachments }));
  expect(parsed.canonicalText.endsWith('The end.')).toBe(true);
});
