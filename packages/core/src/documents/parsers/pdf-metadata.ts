import type { PdfDocument } from './open-pdf.ts';
import { properTitle } from './placeholder-title.ts';

const kept: readonly [key: string, name: string][] = [
  ['Author', 'author'],
  ['Subject', 'subject'],
  ['Keywords', 'keywords'],
];

interface PdfMetadata {
  title: string | null;
  metadata: Record<string, string>;
  /** An XFA form: drawn by Adobe Reader alone, unless it has ordinary form fields as well. */
  hasDynamicForm: boolean;
}

/** What the file says about itself. */
export async function readPdfMetadata(pdf: PdfDocument): Promise<PdfMetadata> {
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
    title: title.length < 3 ? null : properTitle(title),
    metadata: Object.fromEntries(entries),
    hasDynamicForm: Reflect.get(info, 'IsXFAPresent') === true,
  };
}
