import { makePdf } from '@twin/testing/fixtures/pdf';
import { expect, test, vi } from 'vitest';
import { outlineOf, readBytes, refusalOf } from '../../testing/read-fixture.ts';
import { chunkDocument } from '../chunk-document.ts';
import { parseDocument } from '../parse-document.ts';
import { readLimits } from '../read-limits.ts';
import { measureLegibility } from '../recognition/legibility.ts';
import type { PictureReader } from '../recognition/picture-reader.ts';
import { openPdf } from './open-pdf.ts';
import { readPdfPages } from './pdf-pages.ts';
import { recognisePages } from './pdf-recognition.ts';

/** Page 1 with what is given in place of its annotations. */
function withAnnotations(annotations: string, ...pages: string[][]) {
  const page =
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 11 0 R';
  return makePdf(pages, { objects: new Map([[10, `${page} /Annots [${annotations}] >>`]]) });
}

test('what is filled in or noted on a page is read there, and is cited with its page', async () => {
  const field = '<< /Type /Annot /Subtype /Widget /FT /Tx /T (Name) /V (Ada Quill) /Rect [60 700 200 720] >>';
  const note = '<< /Type /Annot /Subtype /FreeText /Contents (Ask her again in May.) /Rect [60 600 200 620] >>';
  const parsed = await readBytes('form.pdf', withAnnotations(`${field} ${note}`, ['Page one.'], ['Page two.']));
  expect(outlineOf(parsed)).toEqual([
    'paragraph: Page one.',
    'paragraph: Note: Ask her again in May.',
    'paragraph: Name: Ada Quill',
    'paragraph: Page two.',
  ]);
  expect(parsed.blocks.map(({ page }) => page)).toEqual([1, 1, 1, 2]);
  expect([...chunkDocument(parsed)].map(({ pageFrom, pageTo }) => [pageFrom, pageTo])).toEqual([[1, 2]]);
});

test('a damaged page is told of, and the others are read', async () => {
  const objects = new Map([[12, '<< /Type /Pages /Count 1 /Kids [5] >>']]);
  const parsed = await readBytes('damaged.pdf', makePdf([['Page one.'], ['Page two.'], ['Page three.']], { objects }));
  expect(parsed.canonicalText).toBe('Page one.\n\nPage three.');
  expect(parsed.blocks.map(({ page }) => page)).toEqual([1, 3]);
  expect(parsed.warnings).toEqual(['Page 2 was damaged and not read.']);
});

test('a page whose notes and fields cannot be read keeps its text', async () => {
  const input = { bytes: makePdf([['Page one.'], ['Page two.']]), fileName: 'notes.pdf' };
  const pdf = await openPdf(input);
  vi.spyOn(await pdf.getPage(1), 'getAnnotations').mockRejectedValue(new Error('damaged'));
  const { lines, damaged, withoutAnnotations } = await readPdfPages(pdf, input as never);
  expect(lines.map(({ text }) => text)).toEqual(['Page one.', 'Page two.']);
  expect({ damaged, withoutAnnotations }).toEqual({ damaged: [], withoutAnnotations: [1] });
  await pdf.loadingTask.destroy();
});

test('a page that cannot be drawn for recognition is told of', async () => {
  const coverage = { recognised: 0, unrecognised: 0, textless: 0 };
  const pictures: PictureReader = {
    coverage,
    expect: () => undefined,
    read: async (draw) => void (await draw()),
    readExtra: () => Promise.resolve(undefined),
    close: () => undefined,
  };
  const pdf = { getPage: () => Promise.reject(new Error('no such picture')) };
  const wanted = [{ page: 4, layer: 'none' as const, isScan: true, legibility: measureLegibility('') }];
  const input = { pictures };
  const recognised = await recognisePages(pdf as never, wanted, input as never);
  expect(recognised.warnings).toEqual(['Page 4 was a picture too damaged to be recognised.']);
});

test('a form that only Adobe Reader shows is refused, and not read as a page that asks to wait', async () => {
  const catalog = '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [] /XFA 20 0 R >> >>';
  const xfa = '<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"/>';
  const objects = new Map([
    [1, catalog],
    [20, `<< /Length ${xfa.length} >>\nstream\n${xfa}\nendstream`],
  ]);
  const shell = makePdf([['Please wait... If this message is not eventually replaced']], { objects });
  expect(await refusalOf(readBytes('shell.pdf', shell))).toBe('dynamic-form');
});

test('a dash before a number is its sign, before a space it marks an item', async () => {
  const parsed = await readBytes(
    'cold.pdf',
    makePdf([['It was cold.'], ['- five degrees below zero'], ['\u00965 \u00b0C at night.']]),
  );
  expect(outlineOf(parsed)).toEqual([
    'paragraph: It was cold.',
    'list-item: five degrees below zero',
    'paragraph: –5 °C at night.',
  ]);
});

test('a locked file opens with its password and with no other, and says which of the two is wanted', async () => {
  const bytes = () => makePdf([['Nobody else reads this.']], { title: 'The will', password: 'open sesame' });
  const read = (password?: string) =>
    parseDocument({ bytes: bytes(), fileName: 'will.pdf', mediaType: null, limits: readLimits, password });
  expect(await refusalOf(read())).toBe('password-required');
  expect(await refusalOf(read('open says me'))).toBe('password-wrong');
  expect(await read('open sesame')).toMatchObject({ canonicalText: 'Nobody else reads this.', title: 'The will' });
});
