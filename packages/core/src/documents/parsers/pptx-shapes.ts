import type { BlockKind } from '../parsed-document.ts';
import type { ShownSize } from './office-pictures.ts';
import {
  attributeOf,
  childElements,
  descendants,
  firstDescendant,
  nameOf,
  textOf,
  type XmlElement,
} from './xml-tree.ts';

/** What stands on a slide, in the order of its drawing. */
export type SlidePart =
  | { type: 'title'; text: string }
  | { type: 'text'; kind: BlockKind; text: string }
  | { type: 'table'; rows: string[][] }
  | { type: 'picture'; relationshipId: string; size: ShownSize | undefined }
  /** A drawing kept in a part of its own, such as a chart. */
  | { type: 'linked'; relationshipId: string };

const titlePlaceholders = new Set(['title', 'ctrTitle']);
/** The date, footer and slide number are the same on every slide and say nothing of it. */
const runningPlaceholders = new Set(['dt', 'ftr', 'sldNum', 'hdr', 'sldImg']);

export function* listSlideParts(slide: XmlElement): Generator<SlidePart> {
  const tree = firstDescendant(slide, 'spTree');
  if (tree !== undefined) yield* listShapes(tree);
}

/** The same of one group of shapes, or of what holds one. */
export function* listShapes(parent: XmlElement): Generator<SlidePart> {
  for (const shape of childElements(parent)) {
    const name = nameOf(shape);
    if (name === 'grpSp') yield* listShapes(shape);
    else if (name === 'AlternateContent') {
      // The first choice is the shape as the newest program draws it; the others say the same again.
      const [choice] = childElements(shape);
      if (choice !== undefined) yield* listShapes(choice);
    } else if (name === 'sp') yield* listParagraphs(shape);
    else if (name === 'graphicFrame') yield* readFrame(shape);
    else if (name === 'pic') yield* readPicture(shape);
  }
}

function* listParagraphs(shape: XmlElement): Generator<SlidePart> {
  const placeholder = firstDescendant(shape, 'ph');
  const role = placeholder === undefined ? undefined : (attributeOf(placeholder, 'type') ?? 'obj');
  const body = childElements(shape, 'txBody')[0];
  if (body === undefined || (role !== undefined && runningPlaceholders.has(role))) return;
  const paragraphs = childElements(body, 'p').map(paragraphText);
  if (role !== undefined && titlePlaceholders.has(role)) {
    yield { type: 'title', text: paragraphs.join(' ') };
    return;
  }
  const kind = role === 'obj' || role === 'body' ? 'list-item' : 'paragraph';
  for (const text of paragraphs) yield { type: 'text', kind, text };
}

/** The text of a drawing's paragraph, with its line breaks. */
export function paragraphText(paragraph: XmlElement): string {
  return childElements(paragraph)
    .map((run) => {
      if (nameOf(run) === 'br') return '\n';
      return nameOf(run) === 'pPr' || nameOf(run) === 'endParaRPr'
        ? ''
        : [...descendants(run, 't')].map(textOf).join('');
    })
    .join('');
}

function* readFrame(frame: XmlElement): Generator<SlidePart> {
  const table = firstDescendant(frame, 'tbl');
  if (table !== undefined) {
    const rows = childElements(table, 'tr').map((row) =>
      childElements(row, 'tc').map((cell) => [...descendants(cell, 'p')].map(paragraphText).join(' ')),
    );
    yield { type: 'table', rows };
    return;
  }
  const chart = firstDescendant(frame, 'chart');
  const diagram = firstDescendant(frame, 'relIds');
  const relationshipId =
    (chart === undefined ? undefined : attributeOf(chart, 'id')) ??
    (diagram === undefined ? undefined : attributeOf(diagram, 'dm'));
  if (relationshipId !== undefined) yield { type: 'linked', relationshipId };
}

/** What its author wrote about it, unless it is only the name of a file, and the picture itself. */
function* readPicture(picture: XmlElement): Generator<SlidePart> {
  const properties = firstDescendant(picture, 'cNvPr');
  const text = properties === undefined ? '' : (attributeOf(properties, 'descr') ?? '');
  if (text.includes(' ')) yield { type: 'text', kind: 'paragraph', text: `Picture: ${text}` };
  const blip = firstDescendant(picture, 'blip');
  const relationshipId = blip === undefined ? undefined : attributeOf(blip, 'embed');
  if (relationshipId !== undefined) yield { type: 'picture', relationshipId, size: shownSize(picture) };
}

function shownSize(picture: XmlElement): ShownSize | undefined {
  return extentOf(firstDescendant(picture, 'xfrm'));
}

/** The size that an element gives for what it places. */
export function extentOf(place: XmlElement | undefined): ShownSize | undefined {
  const extent = place === undefined ? undefined : childElements(place, 'ext')[0];
  if (extent === undefined) return undefined;
  return { width: Number(attributeOf(extent, 'cx')), height: Number(attributeOf(extent, 'cy')) };
}
