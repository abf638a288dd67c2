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
