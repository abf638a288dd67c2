import { unreadable } from '../unreadable.ts';
import type { PdfDocument, PdfPage } from './open-pdf.ts';
import type { ParserInput } from './parser-input.ts';
import { joinLines, type PdfLine } from './pdf-lines.ts';

export interface PdfPages {
  lines: PdfLine[];
  fields: { text: string; page: number }[];
  /** Numbers of the pages on which there is no text at all. */
  textless: number[];
}

/** Reads the text layer of each page, and what was typed into its form fields. @throws AppError `corrupt`. */
export async function readPdfPages(pdf: PdfDocument, { fileName, onProgress }: ParserInput): Promise<PdfPages> {
  const pages: PdfPages = { lines: [], fields: [], textless: [] };
  for (let number = 1; number <= pdf.numPages; number += 1) {
    try {
      const page = await pdf.getPage(number);
      const content = await page.getTextContent();
      const lines = joinLines(
        content.items.filter((item) => 'str' in item),
        number,
        page.getViewport({ scale: 1 }).transform,
      );
      const fields = await readFormFields(page, number);
      if (lines.length === 0 && fields.length === 0) pages.textless.push(number);
      pages.lines.push(...lines);
      pages.fields.push(...fields);
      page.cleanup();
    } catch (error) {
      throw unreadable(fileName, 'corrupt', error);
    }
    onProgress?.({ pagesRead: number, pageCount: pdf.numPages });
  }
  return pages;
}

interface FieldAnnotation {
  fieldName?: unknown;
  fieldValue?: unknown;
  exportValue?: unknown;
  checkBox?: unknown;
  radioButton?: unknown;
  buttonValue?: unknown;
}

/** What was filled in is not part of a page's text, so it is added as `name: value`; a ticked box as `name: yes`. */
async function readFormFields(page: PdfPage, number: number): Promise<PdfPages['fields']> {
  const annotations: FieldAnnotation[] = await page.getAnnotations();
  return annotations.flatMap((annotation) => {
    const value = valueOf(annotation);
    return value === '' ? [] : [{ text: `${String(annotation.fieldName)}: ${value}`, page: number }];
  });
}

function valueOf({ fieldValue, exportValue, checkBox, radioButton, buttonValue }: FieldAnnotation): string {
  const values = [fieldValue].flat().filter((part) => typeof part === 'string' && part !== '' && part !== 'Off');
  // Each button of a group is an annotation of its own, and all of them hold the value of the chosen one.
  if (radioButton === true) return values.includes(buttonValue) ? String(buttonValue) : '';
  if (checkBox === true) return values.length > 0 && fieldValue === exportValue ? 'yes' : '';
  return values.join(', ');
}
