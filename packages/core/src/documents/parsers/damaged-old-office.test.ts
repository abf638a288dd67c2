import { makeDoc } from '@twin/testing/fixtures/doc';
import { makePpt } from '@twin/testing/fixtures/ppt';
import { makeXls, xlsText } from '@twin/testing/fixtures/xls';
import { expect, test } from 'vitest';
import { readBytes, refusalOf } from '../../testing/read-fixture.ts';

const prose = 'The keeper fills the lamp at dusk. '.repeat(200);
const texts = ['The well is deep', prose];
const files = {
  'well.doc': makeDoc({ body: texts.map((text) => ({ text })) }),
  'narrow.doc': makeDoc({ body: texts.map((text) => ({ text })), isNarrow: true }),
  'well.xls': makeXls({
    sheets: [{ name: 'Wells', records: [xlsText(0, 0, 0), xlsText(2, 0, 1)] }],
    strings: texts,
  }),
  'well.ppt': makePpt({ slides: [{ boxes: texts.map((text) => ({ text })) }] }),
};

/** Where the directory of a file begins, which names its streams. */
const directoryAt = (bytes: Uint8Array) => Buffer.from(bytes).indexOf(Buffer.from('Root Entry', 'utf16le'));

test.each(Object.entries(files))(
  'of %s, cut off before what names its streams, the text is read',
  async (name, bytes) => {
    const parsed = await readBytes(name, bytes.slice(0, directoryAt(bytes)));
    expect(parsed.canonicalText).toContain('The well is deep');
    expect(parsed.canonicalText).toContain(prose.trim());
    expect(parsed.warnings.join()).toContain('The file is damaged: parts of it could not be read');
  },
);

test('a file that is cut off before its text says so', async () => {
  for (const [name, bytes] of Object.entries(files)) {
    expect(await refusalOf(readBytes(name, bytes.slice(0, 512)))).toBe('corrupt');
  }
});
