import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { addHtmlBlocks } from './html-blocks.ts';
import type { ParserInput } from './parser-input.ts';
import { attributeOf, childElements, descendants, parseMarkup, textOf, type XmlElement } from './xml-tree.ts';

/** What an entry is called in RSS, in Atom and in what Evernote exports. */
const entryNames = ['item', 'entry', 'note'];
const bodyNames = ['encoded', 'content', 'description', 'summary'];
const dateNames = ['pubDate', 'published', 'updated', 'date', 'created'];

/** Reads feeds (RSS, Atom) and notes exported from Evernote: each entry a section, with its date, where it leads and its text. */
export function parseFeed(input: ParserInput): ParsedDocument {
  const root = parseMarkup(input.bytes);
  if (root === undefined) throw unreadable(input.fileName, 'corrupt');
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const head = childElements(root, 'channel')[0] ?? root;
  const title = childText(head, ['title']);
  const entries = entryNames.flatMap((name) => [...descendants(root, name)]);
  canonical.add({ kind: 'heading', level: 1, text: title });
  addHtmlBlocks(canonical, childText(head, ['description', 'subtitle']));
  for (const entry of entries) {
    canonical.add({ kind: 'heading', level: title === '' ? 1 : 2, text: childText(entry, ['title']) });
    const facts = [
      ['Date', childText(entry, dateNames)],
      ['Address', addressOf(entry)],
      [
        'Tags',
        childElements(entry, 'tag').concat(childElements(entry, 'category')).map(textOf).filter(Boolean).join(', '),
      ],
    ].flatMap(([name, value]) => (value === '' ? [] : `${name}: ${value}`));
    canonical.add({ kind: 'paragraph', text: facts.join('\n') });
    addHtmlBlocks(canonical, childText(entry, bodyNames));
  }
  return { ...canonical.finish(), title: title || null, mediaType: 'application/xml', pageCount: null, warnings: [] };
}

/** Of the first child of these names that says anything; what is marked up inside of it is kept as it is written. */
function childText(parent: XmlElement, names: readonly string[]): string {
  for (const name of names) {
    for (const child of childElements(parent, name)) {
      const text = textOf(child).trim();
      if (text !== '') return text;
    }
  }
  return '';
}

function addressOf(entry: XmlElement): string {
  const [link] = childElements(entry, 'link');
  return link === undefined ? '' : (attributeOf(link, 'href') ?? textOf(link)).trim();
}
