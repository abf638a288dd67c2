import type { ParsedFile } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { openCompoundFile } from './compound-file.ts';
import { createDamage } from './damage.ts';
import { readSummaryTitle } from './ole-summary.ts';
import type { ParserInput } from './parser-input.ts';
import { listPptEmbeddedFiles } from './ppt-embedded-files.ts';
import { openPpt } from './ppt-file.ts';
import { pptPackage } from './ppt-package.ts';
import { openPptSlides } from './ppt-slides.ts';
import { readPptAddresses } from './ppt-texts.ts';
import { parsePptx } from './pptx.ts';
import { zipParts } from './zip-parts.ts';

/** Reads a presentation of PowerPoint 97 to 2003: what it says is put as one of today says it, which is read like any other. */
export async function parsePpt(input: ParserInput): Promise<ParsedFile> {
  const { fileName } = input;
  const { offered } = input.pictures;
  const damage = createDamage();
  const file = openCompoundFile(input.bytes, fileName, input.budget);
  const ppt = openPpt(file, input, damage);
  const { count, slides } = openPptSlides(ppt);
  if (count > input.limits.pagesMax) throw unreadable(fileName, 'too-many-pages');
  const addresses = damage.attempt(() => readPptAddresses(ppt)) ?? new Map<number, string>();
  const parsed = await parsePptx({ ...input, bytes: zipParts(pptPackage(ppt, slides(), addresses)) });
  if (parsed.canonicalText === '' && input.pictures.offered === offered) damage.refuse(fileName);
  const warnings = [...parsed.warnings, ...listPptEmbeddedFiles(ppt, input), ...damage.warnings()];
  return { ...parsed, title: readSummaryTitle(file), mediaType: 'application/vnd.ms-powerpoint', warnings };
}
