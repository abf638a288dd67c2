import { strToU8, zipSync } from 'fflate';
import type { ParsedDocument } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { openCompoundFile } from './compound-file.ts';
import { readSummaryTitle } from './ole-summary.ts';
import type { ParserInput } from './parser-input.ts';
import { openPpt } from './ppt-file.ts';
import { pptPackage } from './ppt-package.ts';
import { openPptSlides } from './ppt-slides.ts';
import { readPptAddresses } from './ppt-texts.ts';
import { parsePptx } from './pptx.ts';

/** Reads a presentation of PowerPoint 97 to 2003: what it says is put as one of today says it, which is read like any other. */
export async function parsePpt(input: ParserInput): Promise<ParsedDocument> {
  const { fileName } = input;
  const file = openCompoundFile(input.bytes, fileName, input.budget);
  const ppt = openPpt(file, fileName);
  const { count, slides } = openPptSlides(ppt);
  if (count > input.limits.pagesMax) throw unreadable(fileName, 'too-many-pages');
  const parts = Object.entries(pptPackage(slides(), readPptAddresses(ppt))).map(([path, xml]) => [path, strToU8(xml)]);
  const parsed = await parsePptx({ ...input, bytes: zipSync(Object.fromEntries(parts), { level: 0 }) });
  return { ...parsed, title: readSummaryTitle(file), mediaType: 'application/vnd.ms-powerpoint' };
}
