import type { BlockKind } from '../parsed-document.ts';
import { withAddress } from './link-address.ts';
import type { ShownSize } from './office-pictures.ts';
import { createParagraphNumbers } from './pptx-numbers.ts';
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

/** The address of a relationship that leads out of the file. */
export type AddressOf = (relationshipId: string) => string | undefined;

const noAddress: AddressOf = () => undefined;

export function* listSlideParts(slide: XmlElement, addressOf: AddressOf = noAddress): Generator<SlidePart> {
  const tree = firstDescendant(slide, 'spTree');
  if (tree !== undefined) yield* listShapes(tree, addressOf);
}

/** The same of one group of shapes, or of what holds one. */
export function* listShapes(parent: XmlElement, addressOf: AddressOf = noAddress): Generator<SlidePart> {
  for (const shape of childElements(parent)) {
    const name = nameOf(shape);
    if (name === 'grpSp') yield* listShapes(shape, addressOf);
    else if (name === 'AlternateContent') {
      // The first choice is the shape as the newest program draws it; the others say the same again.
      const [choice] = childElements(shape);
      if (choice !== undefined) yield* listShapes(choice, addressOf);
    } else if (name === 'sp') yield* listParagraphs(shape, addressOf);
    else if (name === 'graphicFrame') yield* readFrame(shape, addressOf);
    else if (name === 'pic') yield* readPicture(shape);
  }
}

function* listParagraphs(shape: XmlElement, addressOf: AddressOf): Generator<SlidePart> {
  const placeholder = firstDescendant(shape, 'ph');
  const role = placeholder === undefined ? undefined : (attributeOf(placeholder, 'type') ?? 'obj');
  const body = childElements(shape, 'txBody')[0];
  if (body === undefined || (role !== undefined && runningPlaceholders.has(role))) return;
  const paragraphs = childElements(body, 'p');
  if (role !== undefined && titlePlaceholders.has(role)) {
    yield { type: 'title', text: paragraphs.map((paragraph) => paragraphText(paragraph)).join(' ') };
    return;
  }
  const kind = role === 'obj' || role === 'body' ? 'list-item' : 'paragraph';
  const numberOf = createParagraphNumbers();
  for (const paragraph of paragraphs) {
    const number = numberOf(paragraph);
    const text = paragraphText(paragraph, addressOf);
    yield number === '' ? { type: 'text', kind, text } : { type: 'text', kind: 'list-item', text: `${number} ${text}` };
  }
}

/** The text of a drawing's paragraph, with its line breaks, and where links in it lead. */
export function paragraphText(paragraph: XmlElement, addressOf: AddressOf = noAddress): string {
  const stretches: { text: string; address: string | undefined }[] = [];
  for (const run of childElements(paragraph)) {
    const name = nameOf(run);
    if (name === 'pPr' || name === 'endParaRPr') continue;
    const link = firstDescendant(childElements(run, 'rPr')[0], 'hlinkClick');
    const address = link === undefined ? undefined : addressOf(attributeOf(link, 'id') ?? '');
    const text = name === 'br' ? '\n' : [...descendants(run, 't')].map(textOf).join('');
    const last = stretches.at(-1);
    // The words of one link are cut where their look changes.
    if (last !== undefined && last.address === address) last.text += text;
    else stretches.push({ text, address });
  }
  return stretches.map(({ text, address }) => withAddress(text, address)).join('');
}

function* readFrame(frame: XmlElement, addressOf: AddressOf): Generator<SlidePart> {
  const table = firstDescendant(frame, 'tbl');
  if (table !== undefined) {
    const rows = childElements(table, 'tr').map((row) =>
      childElements(row, 'tc').map((cell) =>
        [...descendants(cell, 'p')].map((paragraph) => paragraphText(paragraph, addressOf)).join(' '),
      ),
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
