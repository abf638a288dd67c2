import type { PdfDocument } from './open-pdf.ts';

/** Programs write file names and placeholders into the title; those say less than the name the uploader chose. */
const placeholderTitle =
  /^untitled|^microsoft (?:word|powerpoint|excel)\b|^document\d*$|\.(?:docx?|pdf|tex|dvi|indd|qxd|pptx?|xlsx?|odt|rtf|jpe?g|png|tiff?)$/i;

const kept: readonly [key: string, name: string][] = [
  ['Author', 'author'],
  ['Subject', 'subject'],
  ['Keywords', 'keywords'],
];

/** What the file says about itself. */
export async function readPdfMetadata(
  pdf: PdfDocument,
): Promise<{ title: string | null; metadata: Record<string, string> }> {
  const info: object = await pdf.getMetadata().then(
    (found) => found.info,
    () => ({}),
  );
  const textOf = (key: string): string => {
    const value: unknown = Reflect.get(info, key);
    return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
  };
  const title = textOf('Title');
  const entries = kept.flatMap(([key, name]) => (textOf(key) === '' ? [] : [[name, textOf(key)] as const]));
  return {
    title: title.length < 3 || placeholderTitle.test(title) ? null : title,
    metadata: Object.fromEntries(entries),
  };
}
