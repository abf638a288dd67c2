import { makeEmail } from '@twin/testing/fixtures/email';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture } from '../../testing/read-fixture.ts';

test('a message is read with its headers, quotes and attachments; what cannot be read is told of', async () => {
  const parsed = await readFixture('invitation.eml');
  expect(parsed.title).toBe('Opening & cake');
  expect(outlineOf(parsed)).toEqual([
    'paragraph: From: Ada <ada@example.org>\nTo: Grace <grace@example.org>, bob@example.org\nDate: 2026-03-06T10:00:00.000Z\nSubject: Opening & cake',
    'paragraph: Come on Friday.',
    'quote: > Which Friday?',
    'heading1: guests.csv',
    'table: | Name | Cakes |\n| --- | --- |\n| Ada | 2 |\n| Grace | 1 |',
  ]);
  expect(parsed.warnings).toEqual([expect.stringMatching(/^Not read: “photo\.png” is damaged/)]);
});

test('messages attached to messages are read down to the deepest level that is opened', async () => {
  const nest = (levels: number): Uint8Array<ArrayBuffer> =>
    makeEmail(
      `Level ${levels}`,
      `Text ${levels}.`,
      levels === 0 ? [] : [{ fileName: 'm.eml', content: nest(levels - 1) }],
    );
  const parsed = await readBytes('chain.eml', nest(5));
  expect(parsed.canonicalText).toContain('Text 2.');
  expect(parsed.canonicalText).not.toContain('Text 1.');
  expect(parsed.warnings.join()).toContain('packed inside too many archives');
});

test.each(['', '\ufeff'])('a message that was saved as UTF-16 is read (byte order mark: “%s”)', async (mark) => {
  const message = Buffer.from(makeEmail('Harbour', 'The ferry sails at noon.')).toString('latin1');
  const parsed = await readBytes('saved.eml', Buffer.from(mark + message, 'utf16le'));
  expect(parsed).toMatchObject({
    title: 'Harbour',
    canonicalText: expect.stringContaining('The ferry sails at noon.'),
  });
});

const inCharset = async (charset: string, text: Uint8Array) => {
  const header = `From: ada@example.org\nMIME-Version: 1.0\nContent-Type: text/plain; charset=${charset}\n\n`;
  return (await readBytes('keys.eml', Buffer.concat([Buffer.from(header), text]))).canonicalText;
};

test.each(['X-UNKNOWN', 'us-ascii', 'iso-8859-1'])(
  'a message in UTF-8 that names %s is read as UTF-8',
  async (charset) => {
    expect(await inCharset(charset, Buffer.from('Les clés sont là – 5 €.'))).toContain('Les clés sont là – 5 €.');
  },
);

test('a message that is in the charset it names stays as it is', async () => {
  const text = Buffer.from('Les clés sont là.', 'latin1');
  expect(await inCharset('iso-8859-1', text)).toContain('Les clés sont là.');
});

test('subject and names that are UTF-8 under the name of another charset are read as UTF-8', async () => {
  const word = (text: string) => `=?iso-8859-1?Q?${text}?=`;
  const message = [
    `From: ${word('Ren=C3=A9e')} <renee@example.org>`,
    `To: ${word('Zo=C3=AB')} <zoe@example.org>, ${word('Ren=E9')} <rene@example.org>`,
    `Cc: Friends: ${word('J=C3=BCrgen')} <j@example.org>;`,
    `Subject: ${word('Caf=C3=A9')}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'At noon.',
  ];
  const parsed = await readBytes('cafe.eml', Buffer.from(message.join('\r\n')));
  expect(parsed.title).toBe('Café');
  expect(outlineOf(parsed)[0]).toBe(
    'paragraph: From: Renée <renee@example.org>\nTo: Zoë <zoe@example.org>, René <rene@example.org>\n' +
      'Cc: Friends, Jürgen <j@example.org>\nSubject: Café',
  );
});

test('a message of thousands of attachments, and one with megabytes of headers, is read whole', async () => {
  const head = 'From: ada@example.org\nSubject: Lens\nMIME-Version: 1.0\n';
  const parts = Array.from(
    { length: 2000 },
    (_, n) =>
      `--x\nContent-Type: text/plain; charset=utf-8; name="a${n}.txt"\nContent-Disposition: attachment; filename="a${n}.txt"\nX-Path: ${'a/'.repeat(50)}\n\nwick ${n}.\n`,
  );
  const many = `${head}Content-Type: multipart/mixed; boundary="x"\n\n${parts.join('')}--x--\n`;
  const text = (await readBytes('many.eml', many)).canonicalText;
  expect(text.match(/wick \d+\./g)).toHaveLength(2000);
  const long = `${head}X-Trace: ${'lens '.repeat(400_000)}\n\nMind the wick.\n`;
  expect((await readBytes('long.eml', long)).canonicalText).toContain('Mind the wick.');
});
