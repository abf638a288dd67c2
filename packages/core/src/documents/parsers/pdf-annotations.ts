import type { PageBox } from '../parsed-document.ts';
import { extentOf } from './extent-of.ts';
import type { PdfPage } from './open-pdf.ts';

export interface PageAnnotations {
  /** `name: value` of each field that is filled in, and the text of each note, in the order of the file. */
  texts: string[];
  /** Whether the page has form fields, filled in or not. */
  hasFields: boolean;
  links: PageLink[];
}

/** Words that lead somewhere. */
export interface PageLink {
  text: string;
  address: string;
  box: PageBox;
}

interface Annotation {
  subtype?: unknown;
  fieldName?: unknown;
  fieldValue?: unknown;
  exportValue?: unknown;
  checkBox?: unknown;
  radioButton?: unknown;
  buttonValue?: unknown;
  contentsObj?: unknown;
  /** Of a link to somewhere outside of the file. */
  url?: unknown;
  rect?: unknown;
  /** The words that it lies on. */
  overlaidText?: unknown;
}

/** Notes written on a page or pinned to it. What is said of marked text (highlights, links) often repeats that text. */
const noteTypes: ReadonlySet<unknown> = new Set(['FreeText', 'Text']);

/** What was filled in or noted is not part of a page's text. */
export async function readPageAnnotations(page: PdfPage): Promise<PageAnnotations> {
  const annotations: Annotation[] = await page.getAnnotations();
  const viewport = page.getViewport({ scale: 1 });
  const texts = annotations.map((annotation) => {
    if (noteTypes.has(annotation.subtype)) return noteText(annotation);
    const value = fieldText(annotation);
    return value === '' ? '' : `${String(annotation.fieldName)}: ${value}`;
  });
  return {
    texts: texts.filter((text) => text !== ''),
    hasFields: annotations.some(({ subtype }) => subtype === 'Widget'),
    links: annotations.flatMap((annotation) => toLink(annotation, (x, y) => viewport.convertToViewportPoint(x, y))),
  };
}

function toLink(
  { subtype, url, rect, overlaidText }: Annotation,
  toPage: (x: number, y: number) => number[],
): PageLink[] {
  if (subtype !== 'Link' || typeof url !== 'string' || typeof overlaidText !== 'string') return [];
  if (!Array.isArray(rect) || rect.length !== 4 || !rect.every((value) => Number.isFinite(value))) return [];
  const [left, bottom, right, top] = rect as [number, number, number, number];
  const corners = [toPage(left, bottom), toPage(right, top)];
  const [[x, xEnd], [y, yEnd]] = [extentOf(corners, ([at = 0]) => at), extentOf(corners, ([, at = 0]) => at)];
  const box = { x, y, width: xEnd - x, height: yEnd - y };
  return [{ text: overlaidText.trim(), address: url, box }];
}

function noteText({ contentsObj }: Annotation): string {
  const text: unknown =
    typeof contentsObj === 'object' && contentsObj !== null ? Reflect.get(contentsObj, 'str') : undefined;
  return typeof text === 'string' && text.trim() !== '' ? `Note: ${text.trim()}` : '';
}

/** A ticked box is `yes`. */
function fieldText({ fieldValue, exportValue, checkBox, radioButton, buttonValue }: Annotation): string {
  const values = [fieldValue].flat().filter((part) => typeof part === 'string' && part !== '' && part !== 'Off');
  // Each button of a group is an annotation of its own, and all of them hold the value of the chosen one.
  if (radioButton === true) return values.includes(buttonValue) ? String(buttonValue) : '';
  if (checkBox === true) return values.length > 0 && fieldValue === exportValue ? 'yes' : '';
  return values.join(', ');
}
