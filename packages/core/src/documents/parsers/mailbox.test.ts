import { makeEmail } from '@twin/testing/fixtures/email';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

test('each message of a mailbox is read, and no line of a message is taken for the next one', async () => {
  const message = (subject: string, text: string) => Buffer.from(makeEmail(subject, text)).toString('utf8');
  const mailbox = [
    `From ada@example.org Fri Mar  6 10:00:00 2026\n${message('Opening', 'Come on Friday.\n\nFrom here it is a mile.')}`,
    `From - Sat Mar  7 11:00:00 2026\n${message('Cake', 'I bring cake.')}`,
  ].join('\n\n');
  const parsed = await readBytes('archive.mbox', mailbox);
  expect(parsed.mediaType).toBe('application/mbox');
  const outline = outlineOf(parsed);
  expect(outline.filter((line) => line.startsWith('heading1'))).toEqual([
    'heading1: Message 1.eml',
    'heading1: Message 2.eml',
  ]);
  expect(outline).toContain('paragraph: From here it is a mile.');
  expect(outline).toContain('paragraph: I bring cake.');
});

const separator = 'From ada@example.org Fri Mar  6 10:00:00 2026\n';
const mail = (text: string) => Buffer.from(makeEmail('Cake', text)).toString('utf8');

test.each([
  ['a blank line', '\n'],
  ['a byte order mark', '\ufeff'],
])('the first message is read also where the file begins with %s', async (_what, start) => {
  const parsed = await readBytes('archive.mbox', `${start}${separator}${mail('I bring cake.')}`);
  expect(outlineOf(parsed)).toContain('paragraph: I bring cake.');
});

test('one message whose first line is no separator is a message, not an empty mailbox', async () => {
  const parsed = await readBytes('message.txt', `From ada@example.org\n${mail('I bring cake.')}`);
  expect(parsed.mediaType).toBe('message/rfc822');
  expect(outlineOf(parsed)).toContain('paragraph: I bring cake.');
});

test('many files that are not read for the same reason are one warning that names each', async () => {
  const attachments = [{ fileName: 'a.bin', content: Uint8Array.of(0, 1, 2, 0) }];
  const message = separator + Buffer.from(makeEmail('Cake', 'I bring cake.', attachments)).toString('utf8');
  const { warnings } = await readBytes('archive.mbox', Array<string>(30).fill(message).join('\n\n'));
  expect(warnings).toEqual([
    expect.stringMatching(/^Not read, 30 files: “Message 1\.eml › a\.bin”, .*30\.eml › a\.bin”\. /),
  ]);
});

test('a mailbox whose messages name little about themselves is one by its name', async () => {
  const parsed = await readBytes('old.mbox', `${separator}\nI bring cake.\n\n${separator}\nI bring tea.\n`);
  expect(outlineOf(parsed).filter((line) => line.startsWith('paragraph'))).toEqual([
    'paragraph: I bring cake.',
    'paragraph: I bring tea.',
  ]);
});

test('a message as Apple Mail keeps it is read without the count before it and the flags behind', async () => {
  const message = mail('I bring cake.');
  const kept = `${Buffer.byteLength(message)}      \n${message}<?xml version="1.0"?><plist><dict><key>flags</key></dict></plist>`;
  const parsed = await readBytes('1234.emlx', kept);
  expect(parsed.mediaType).toBe('message/rfc822');
  expect(parsed.canonicalText).toContain('I bring cake.');
  expect(parsed.canonicalText).not.toContain('flags');
});
