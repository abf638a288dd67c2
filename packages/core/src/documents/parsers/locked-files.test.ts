import { makeDoc } from '@twin/testing/fixtures/doc';
import { makeDocx } from '@twin/testing/fixtures/docx';
import { lockOffice } from '@twin/testing/fixtures/lock-office';
import { makeLockedZip } from '@twin/testing/fixtures/lock-zip';
import { makeOldDoc } from '@twin/testing/fixtures/old-doc';
import { makeOpenDocument } from '@twin/testing/fixtures/open-document';
import { makePpt } from '@twin/testing/fixtures/ppt';
import { makeXls, xlsText } from '@twin/testing/fixtures/xls';
import { makeXlsx } from '@twin/testing/fixtures/xlsx';
import { expect, test } from 'vitest';
import { refusalOf } from '../../testing/read-fixture.ts';
import { parseDocument } from '../parse-document.ts';
import { readLimits } from '../read-limits.ts';

const words = 'The well is deep';
const longBody = [{ text: words }, { text: 'And wide. '.repeat(200) }];
const makeLockedXls = (lock: NonNullable<Parameters<typeof makeXls>[0]['lock']>) =>
  makeXls({
    sheets: [{ name: 'Wells', records: [xlsText(0, 0, 0), xlsText(1, 0, 1)] }],
    strings: [words, 'And wide. '.repeat(200)],
    lock,
  });
const makeLockedPpt = (password: string) => makePpt({ slides: [{ boxes: [{ text: words }] }], lock: { password } });

const files = {
  'plan.docx': lockOffice(makeDocx([{ paragraph: words }, { paragraph: 'And wide. '.repeat(2_000) }]), 'sesame'),
  'plan.odt': makeOpenDocument('text', `<text:p>${words}</text:p>`, { password: 'sesame' }),
  'aes.zip': makeLockedZip({ path: 'plan.txt', text: words }, 'sesame', 'aes'),
  'old.zip': makeLockedZip({ path: 'plan.txt', text: words }, 'sesame', 'old'),
  'plan-97.doc': makeDoc({ body: longBody, lock: { kind: 'rc4', password: 'sesame' } }),
  'plan-2003.doc': makeDoc({ body: longBody, lock: { kind: 'cryptoapi', password: 'sesame' } }),
  'plan-97.xls': makeLockedXls({ kind: 'rc4', password: 'sesame' }),
  'plan-2003.xls': makeLockedXls({ kind: 'cryptoapi', password: 'sesame' }),
  'plan-weak.xls': makeLockedXls({ kind: 'cryptoapi', password: 'sesame', bits: 40 }),
  'plan.ppt': makeLockedPpt('sesame'),
};

function read(fileName: string, bytes: Uint8Array, password?: string) {
  return parseDocument({ fileName, bytes: bytes.slice(), mediaType: null, limits: readLimits, password });
}

test.each(Object.entries(files))('%s asks for its password, and opens with no other', async (fileName, bytes) => {
  expect(await refusalOf(read(fileName, bytes))).toBe('password-required');
  expect(await refusalOf(read(fileName, bytes, 'Sesame'))).toBe('password-wrong');
  expect((await read(fileName, bytes, 'sesame')).canonicalText).toContain(words);
});

const laidOver = {
  'plan.xls': makeLockedXls({ kind: 'laid-over' }),
  'plan-95.doc': makeOldDoc({ paragraphs: [{ bytes: Buffer.from(`${words}\r`) }], isLaidOver: true }),
};

test.each(Object.entries(laidOver))('%s, which a password is laid over, opens with no other', async (name, bytes) => {
  expect(await refusalOf(read(name, bytes))).toBe('password-required');
  expect(await refusalOf(read(name, bytes, 'acb'))).toBe('password-wrong');
  expect((await read(name, bytes, 'abc')).canonicalText).toContain(words);
});

test('what Office locks by itself, so that few change it, is read without a password', async () => {
  const own = 'VelvetSweatshop';
  const own2 = '/01Hannes Ruescher/01';
  const opened = {
    'plan.xls': makeLockedXls({ kind: 'rc4', password: own }),
    'plan.xlsx': lockOffice(makeXlsx([{ name: 'Wells', rows: [[words, '']] }]), own),
    'plan.ppt': makeLockedPpt(own2),
  };
  for (const [fileName, bytes] of Object.entries(opened)) {
    expect((await read(fileName, bytes)).canonicalText).toContain(words);
  }
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
