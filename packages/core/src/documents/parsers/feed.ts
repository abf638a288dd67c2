import { type CanonicalText, createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { addHtmlBlocks, addHtmlNodes } from './html-blocks.ts';
import type { ParserInput } from './parser-input.ts';
import { decodeOrRefuse, parsePlainText } from './plain-text.ts';
import { parseSourceCode } from './source-code.ts';
import { languageOf } from './source-language.ts';
import { attributeOf, childElements, descendants, nameOf, parseMarkup, textOf, type XmlElement } from './xml-tree.ts';

/** What an entry is called in RSS, in its first version, in Atom and in what Evernote exports. */
const entryNames: Record<string, string> = { rss: 'item', rdf: 'item', feed: 'entry', 'en-export': 'note' };
const bodyNames = ['encoded', 'content', 'description', 'summary'];
const dateNames = ['pubDate', 'published', 'updated', 'date', 'created'];

/**
 * Reads feeds (RSS, Atom) and notes exported from Evernote: each entry a section, with its date, where it leads and its text. Without entries
 * it is something else that begins the same, such as an ontology, and is read as it is written.
 */
export function parseFeed(input: ParserInput): ParsedDocument {
  const root = parseMarkup(input.bytes);
  if (root === undefined) throw unreadable(input.fileName, 'corrupt');
  const entries = listEntries(root);
  if (entries.length === 0) return parseAsWritten(input);
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const head = childElements(root, 'channel')[0] ?? root;
  const title = childText(head, ['title']);
  canonical.add({ kind: 'heading', level: 1, text: title });
  addMarkup(canonical, head, ['description', 'subtitle']);
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
    addMarkup(canonical, entry, bodyNames);
  }
  return { ...canonical.finish(), title: title || null, mediaType: 'application/xml', pageCount: null, warnings: [] };
}

function listEntries(root: XmlElement): XmlElement[] {
  const kind = nameOf(root).toLowerCase();
  const name = entryNames[kind] ?? '';
  // What describes resources may call anything deeper down an item.
  return kind === 'rdf' ? childElements(root, name) : [...descendants(root, name)];
}

function parseAsWritten(input: ParserInput): ParsedDocument {
  return languageOf(input.fileName, decodeOrRefuse(input)) === undefined
    ? parsePlainText(input)
    : parseSourceCode(input);
}

/** HTML that is written as text, or as elements of the feed itself (Atom's `xhtml`). */
function addMarkup(canonical: CanonicalText, parent: XmlElement, names: readonly string[]): void {
  const child = firstThatSays(parent, names);
  if (child === undefined) return;
  if (childElements(child).length > 0) addHtmlNodes(canonical, withoutPrefixes(child).children);
  else addHtmlBlocks(canonical, textOf(child).trim());
}

function withoutPrefixes(parent: XmlElement): XmlElement {
  for (const element of childElements(parent)) {
    element.name = nameOf(element);
    withoutPrefixes(element);
  }
  return parent;
}

function childText(parent: XmlElement, names: readonly string[]): string {
  return textOf(firstThatSays(parent, names)).trim();
}

/** The first child of these names, in their order, that is not empty. */
function firstThatSays(parent: XmlElement, names: readonly string[]): XmlElement | undefined {
  return names.flatMap((name) => childElements(parent, name)).find((child) => textOf(child).trim() !== '');
}

function addressOf(entry: XmlElement): string {
  const [link] = childElements(entry, 'link');
  return link === undefined ? '' : (attributeOf(link, 'href') ?? textOf(link)).trim();
}
