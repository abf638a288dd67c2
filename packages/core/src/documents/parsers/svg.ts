import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { type HtmlNode, isText, visibleText } from './html-node.ts';
import type { ParserInput } from './parser-input.ts';
import { attributeOf, childElements, nameOf, parseMarkup, textOf, type XmlElement } from './xml-tree.ts';

/** Reads what is written in a drawing (SVG), in the order in which it is drawn, under its title. */
export function parseSvg(input: ParserInput): ParsedDocument {
  const root = parseMarkup(input.bytes);
  if (root === undefined) throw unreadable(input.fileName, 'corrupt');
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const title = textOf(childElements(root, 'title')[0]).trim();
  for (const { kind, text } of listTexts(root))
    canonical.add({ kind, text: text.replace(/\s+/g, ' '), ...(kind === 'heading' && { level: 1 }) });
  return { ...canonical.finish(), title: title || null, mediaType: 'image/svg+xml', pageCount: null, warnings: [] };
}

interface SvgText {
  kind: 'heading' | 'paragraph';
  text: string;
}

function* listTexts(parent: XmlElement): Generator<SvgText> {
  for (const element of childElements(parent)) yield* textsOf(element);
}

function* textsOf(element: XmlElement): Generator<SvgText> {
  const name = nameOf(element);
  if (name === 'title') yield { kind: 'heading', text: textOf(element) };
  else if (name === 'text' || name === 'desc') yield { kind: 'paragraph', text: drawnText(element) };
  // Text that is HTML inside of the drawing, as diagrams of many programs have it.
  else if (name === 'foreignObject')
    yield { kind: 'paragraph', text: element.children.map((child) => visibleText(child)).join(' ') };
  else if (name === 'switch') yield* firstChoice(element);
  else if (name !== 'style' && name !== 'script' && name !== 'metadata') yield* listTexts(element);
}

/** Of several ways to draw the same, only one is drawn. */
function firstChoice(element: XmlElement): SvgText[] {
  for (const choice of childElements(element)) {
    const texts = [...textsOf(choice)];
    // Drawn, with nothing in it, by all that can draw what diagrams.net has drawn. Behind it stands a notice for others.
    if (
      nameOf(choice) === 'g' &&
      childElements(choice).length === 0 &&
      attributeOf(choice, 'requiredFeatures') !== undefined
    )
      return [];
    if (texts.some(({ text }) => text.trim() !== '')) return texts;
  }
  return [];
}

/** What has a place of its own is mostly a line of its own, with no space before it. */
function drawnText(node: HtmlNode): string {
  if (isText(node)) return node.data;
  if (!('children' in node)) return '';
  const isPlaced =
    nameOf(node) === 'tspan' && ['x', 'y', 'dy'].some((name) => 'attribs' in node && name in node.attribs);
  return (isPlaced ? ' ' : '') + node.children.map(drawnText).join('');
}
