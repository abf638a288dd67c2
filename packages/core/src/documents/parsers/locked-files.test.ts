import { makeDocx } from '@twin/testing/fixtures/docx';
import { lockOffice } from '@twin/testing/fixtures/lock-office';
import { makeLockedZip } from '@twin/testing/fixtures/lock-zip';
import { makeOpenDocument } from '@twin/testing/fixtures/open-document';
import { expect, test } from 'vitest';
import { refusalOf } from '../../testing/read-fixture.ts';
import { parseDocument } from '../parse-document.ts';
import { readLimits } from '../read-limits.ts';

const words = 'The well is deep';
const files = {
  'plan.docx': lockOffice(makeDocx([{ paragraph: words }, { paragraph: 'And wide. '.repeat(2_000) }]), 'sesame'),
  'plan.odt': makeOpenDocument('text', `<text:p>${words}</text:p>`, { password: 'sesame' }),
  'aes.zip': makeLockedZip({ path: 'plan.txt', text: words }, 'sesame', 'aes'),
  'old.zip': makeLockedZip({ path: 'plan.txt', text: words }, 'sesame', 'old'),
};

function read(fileName: string, bytes: Uint8Array, password?: string) {
  return parseDocument({ fileName, bytes: bytes.slice(), mediaType: null, limits: readLimits, password });
}

test.each(Object.entries(files))('%s asks for its password, and opens with no other', async (fileName, bytes) => {
  expect(await refusalOf(read(fileName, bytes))).toBe('password-required');
  expect(await refusalOf(read(fileName, bytes, 'Sesame'))).toBe('password-wrong');
  expect((await read(fileName, bytes, 'sesame')).canonicalText).toContain(words);
});

test('a locked file that is cut off or asks for endless work is refused as damaged', async () => {
  const locked = Buffer.from(files['plan.docx']);
  const endless = Buffer.from(locked.toString('latin1').replace('spinCount="1000"', 'spinCount="9e99"'), 'latin1');
  expect(await refusalOf(read('endless.docx', endless, 'sesame'))).toBe('corrupt');
  expect(await refusalOf(read('cut.docx', locked.subarray(0, 3_000), 'sesame'))).toBe('corrupt');
});

test('names inside of a locked file mean the same in capitals', async () => {
  const utf16 = (name: string) => Buffer.from(name, 'utf16le').toString('latin1');
  const locked = Buffer.from(files['plan.docx']).toString('latin1');
  const capitals = Buffer.from(locked.replace(utf16('EncryptionInfo'), utf16('ENCRYPTIONINFO')), 'latin1');
  expect((await read('plan.docx', capitals, 'sesame')).canonicalText).toContain(words);
});
