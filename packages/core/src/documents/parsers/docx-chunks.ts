import { AppError } from '../../app-error.ts';
import type { ParsedFile } from '../parsed-document.ts';
import { notRead } from './add-part.ts';
import { asRun } from './docx-pictures.ts';
import type { ParserInput } from './parser-input.ts';
import { isOverBudget } from './read-budget.ts';
import type { Relationship } from './relationships.ts';
import type { ZipArchive } from './zip-archive.ts';

const chunk = /<w:altChunk\b[^>]{0,300}?\br:id="([^"]{1,100})"[^>]{0,300}>(?:\s{0,100}<\/w:altChunk>)?/g;

/**
 * Replaces each place where a program has put another file into the document (HTML, a message, another DOCX) by the
 * paragraphs of that file: Word takes it apart when it opens the document, Mammoth leaves it out.
 */
export async function insertChunks(
  documentXml: string,
  relationships: readonly Relationship[],
  archive: ZipArchive,
  input: ParserInput,
): Promise<{ xml: string; warnings: ParsedFile['warnings'] }> {
  const parts: string[] = [];
  const warnings: ParsedFile['warnings'] = [];
  let from = 0;
  for (const match of documentXml.matchAll(chunk)) {
    const path = relationships.find(({ id }) => id === match[1])?.path;
    const bytes = path === undefined ? undefined : archive.read(path);
    if (path === undefined || bytes === undefined) continue;
    const read = await readChunk({ bytes, fileName: path.split('/').at(-1) ?? path, mediaType: null }, input);
    warnings.push(...read.warnings);
    const paragraphs = read.texts.map((text) => `<w:p><w:r>${asRun(text)}</w:r></w:p>`);
    parts.push(documentXml.slice(from, match.index), ...paragraphs);
    from = match.index + match[0].length;
  }
  return { xml: [...parts, documentXml.slice(from)].join(''), warnings };
}

async function readChunk(file: Parameters<ParserInput['readPart']>[0], input: ParserInput) {
  try {
    const { canonicalText, blocks, warnings } = await input.readPart(file);
    return { texts: blocks.map(({ start, end }) => canonicalText.slice(start, end)), warnings };
  } catch (error) {
    if (!(error instanceof AppError) || isOverBudget(error)) throw error;
    return { texts: [], warnings: notRead(file.fileName, error).warnings };
  }
}
