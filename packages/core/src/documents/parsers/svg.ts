import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import type { ParserInput } from './parser-input.ts';
import { childElements, nameOf, parseMarkup, textOf, type XmlElement } from './xml-tree.ts';

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

function* listTexts(parent: XmlElement): Generator<{ kind: 'heading' | 'paragraph'; text: string }> {
  for (const element of childElements(parent)) {
    const name = nameOf(element);
    if (name === 'title') yield { kind: 'heading', text: textOf(element) };
    // Text that is HTML inside of the drawing, as diagrams of many programs have it.
    else if (name === 'text' || name === 'desc' || name === 'foreignObject')
      yield { kind: 'paragraph', text: textOf(element) };
    else if (name !== 'style' && name !== 'script' && name !== 'metadata') yield* listTexts(element);
  }
}
