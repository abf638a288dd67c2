import type { ParsedFile } from '../parsed-document.ts';
import { openCompoundFile } from './compound-file.ts';
import { createDamage } from './damage.ts';
import { openDoc } from './doc-file.ts';
import { docPackage } from './doc-package.ts';
import { parseDocx } from './docx.ts';
import { listOleFiles } from './ole-object.ts';
import { readSummaryTitle } from './ole-summary.ts';
import type { ParserInput } from './parser-input.ts';
import { zipParts } from './zip-parts.ts';

/** Reads a document of Word 6 to 2003: what it says is put as a document of today says it, which is read like any other. */
export async function parseDoc(input: ParserInput): Promise<ParsedFile> {
  const { fileName } = input;
  const { offered } = input.pictures;
  const damage = createDamage();
  const file = openCompoundFile(input.bytes, fileName, input.budget);
  const bytes = zipParts(docPackage(openDoc(file, input, damage), damage));
  const parsed = await parseDocx({ ...input, bytes });
  if (parsed.canonicalText === '' && input.pictures.offered === offered) damage.refuse(fileName);
  const warnings = [...parsed.warnings, ...listOleFiles(file, 'ObjectPool/'), ...damage.warnings()];
  return { ...parsed, title: readSummaryTitle(file), mediaType: 'application/msword', warnings };
}
