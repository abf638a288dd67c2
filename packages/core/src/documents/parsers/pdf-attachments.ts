import { AnnotationType } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { CanonicalText } from '../canonical-text.ts';
import type { ParsedFile } from '../parsed-document.ts';
import { addPart } from './add-part.ts';
import type { PdfDocument } from './open-pdf.ts';
import type { ParserInput } from './parser-input.ts';
import { takeFromBudget } from './read-budget.ts';

interface PdfAttachment {
  filename: string;
  /** What pdf.js finds the content by. */
  id: string;
}

/**
 * Reads the files that are attached to a PDF, to the whole of it or at a place on a page, each as a section after its
 * text. Resolves with what to warn of.
 */
export async function addPdfAttachments(
  canonical: CanonicalText,
  pdf: PdfDocument,
  input: ParserInput,
): Promise<ParsedFile['warnings']> {
  const warnings: ParsedFile['warnings'] = [];
  for (const { filename, id } of await listAttachments(pdf)) {
    const content = await pdf.getAttachmentContent(id).catch(() => null);
    if (content === null) continue;
    takeFromBudget(input.budget, { entriesLeft: 1, inflatedBytesLeft: content.byteLength }, input.fileName);
    const part = { bytes: content, fileName: filename.trim() || 'Attachment', mediaType: null };
    warnings.push(
      `“${part.fileName}” is attached to this file.`,
      ...(await addPart(canonical, part.fileName, () => input.readPart(part))).warnings,
    );
  }
  return warnings;
}

async function listAttachments(pdf: PdfDocument): Promise<PdfAttachment[]> {
  const attached: PdfAttachment[] = [];
  try {
    for (const [id, file] of (await pdf.getAttachments()) ?? []) attached.push({ id, filename: filenameOf(file) });
    const onPages = (await pdf.getAnnotationsByType(new Set([AnnotationType.FILEATTACHMENT]), new Set())) ?? [];
    for (const annotation of onPages) {
      const { fileId: id, file }: { fileId?: unknown; file?: unknown } = annotation;
      if (typeof id === 'string') attached.push({ id, filename: filenameOf(file) });
    }
  } catch {
    // A damaged name tree hides what is attached; the text is there all the same.
  }
  return attached;
}

function filenameOf(file: unknown): string {
  const name: unknown = typeof file === 'object' && file !== null ? Reflect.get(file, 'filename') : undefined;
  return typeof name === 'string' ? name : '';
}
