import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedFile } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { addRows } from './add-rows.ts';
import { createArtMedia } from './art-media.ts';
import { findPictureList } from './biff-pictures.ts';
import { readBiffSheet } from './biff-sheet.ts';
import { type BiffWorkbook, readBiffWorkbook } from './biff-workbook.ts';
import { openCompoundFile } from './compound-file.ts';
import { createDamage } from './damage.ts';
import { openArtPictures } from './office-art.ts';
import { openOfficePictures, type ShownSize } from './office-pictures.ts';
import { listOleFiles } from './ole-object.ts';
import { readSummaryTitle } from './ole-summary.ts';
import type { ParserInput } from './parser-input.ts';

/** Reads every sheet of a workbook of Excel 5 to 2003, as one of today is read. */
export async function parseXls(input: ParserInput): Promise<ParsedFile> {
  const { fileName } = input;
  const { offered } = input.pictures;
  const damage = createDamage();
  const file = openCompoundFile(input.bytes, fileName, input.budget);
  const stream = file.read('Workbook', damage) ?? file.read('Book', damage);
  if (stream === undefined) throw unreadable(fileName, 'corrupt');
  const workbook = readBiffWorkbook(Buffer.from(stream.buffer), input, damage);
  const canonical = createCanonicalText({ fileName, charactersMax: input.limits.charactersMax });
  const pictures = openWorkbookPictures(workbook, input);
  for (const place of workbook.sheets) {
    const { name } = place;
    const sheet = readBiffSheet(workbook, place);
    const asides = [...sheet.asides];
    for (const { number, size } of sheet.pictures) asides.push(...(await pictures.read(number, size)));
    if (asides.length === 0 && sheet.rows.every((row) => row.every((cell) => cell.trim() === ''))) continue;
    canonical.add({ kind: 'heading', level: 1, text: name, part: name });
    addRows(canonical, sheet.rows, { part: name });
    for (const text of asides) canonical.add({ kind: 'paragraph', text, part: name });
  }
  const text = canonical.finish();
  if (text.canonicalText === '' && input.pictures.offered === offered) damage.refuse(fileName);
  return {
    ...text,
    title: readSummaryTitle(file),
    mediaType: 'application/vnd.ms-excel',
    pageCount: null,
    warnings: [...pictures.warnings(), ...listOleFiles(file, 'MBD'), ...damage.warnings()],
  };
}

function openWorkbookPictures({ drawing, damage }: BiffWorkbook, input: ParserInput) {
  const media = createArtMedia(drawing.byteLength);
  const pictureOf = openArtPictures(damage.attempt(() => findPictureList(drawing)));
  const pictures = openOfficePictures(
    { sizeOf: (path) => media.files.get(path)?.byteLength, read: (path) => media.files.get(path) },
    input,
  );
  return {
    warnings: () => pictures.warnings(),
    async read(number: number, size: ShownSize | undefined): Promise<string[]> {
      const path = damage.attempt(() => media.add(String(number), () => pictureOf(number)));
      return path === undefined ? [] : await pictures.read(path, size);
    },
  };
}
