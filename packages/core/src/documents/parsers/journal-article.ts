import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { addHtmlBlocks } from './html-blocks.ts';
import { isText } from './html-node.ts';
import { isDeeperThan } from './is-deeper-than.ts';
import type { ParserInput } from './parser-input.ts';
import {
  attributeOf,
  childElements,
  descendants,
  firstDescendant,
  nameOf,
  parseMarkup,
  textOf,
  type XmlElement,
} from './xml-tree.ts';

/** Sections of articles, and marks inside of words, are nested a few levels deep. */
const DEPTH_MAX = 200;

/** An article of a journal as archives keep it (JATS, NLM): its title, authors and abstract, its sections with tables and captions, its references. */
export function parseJournalArticle(input: ParserInput): ParsedDocument {
  const root = parseMarkup(input.bytes);
  if (root === undefined || isDeeperThan(root, DEPTH_MAX)) throw unreadable(input.fileName, 'corrupt');
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  addHtmlBlocks(canonical, asHtml(root, 1));
  const title = lineOf(firstDescendant(firstDescendant(root, 'title-group'), 'article-title'));
  return { ...canonical.finish(), title: title || null, mediaType: 'application/xml', pageCount: null, warnings: [] };
}

/** Numbers of libraries and of their money, dates, rights, and files that are not shown. */
const unseen = new Set(
  'journal-meta article-id article-categories alt-title pub-date history permissions counts funding-group custom-meta-group self-uri object-id graphic media contrib-id tex-math role'.split(
    ' ',
  ),
);
/** What HTML calls by the same name, or by another one. */
const sameAs: Readonly<Record<string, string>> = {
  p: 'p',
  table: 'table',
  thead: 'thead',
  tbody: 'tbody',
  tfoot: 'tfoot',
  tr: 'tr',
  td: 'td',
  th: 'th',
  sub: 'sub',
  sup: 'sup',
  break: 'br',
  'list-item': 'li',
  'disp-quote': 'blockquote',
  code: 'pre',
  aff: 'p',
  corresp: 'p',
  fn: 'p',
};

/** Elements of which the parts are told of by their tags alone: a name, a place, a reference. */
const apart = new Set(['name', 'aff', 'institution-wrap', 'addr-line', 'element-citation', 'person-group']);
/** What an article tells of itself. Volumes and pages are told of as well. */
const told = new Set([
  'title-group',
  'contrib-group',
  'aff',
  'author-notes',
  'abstract',
  'trans-abstract',
  'kwd-group',
]);

function asHtml(element: XmlElement, level: number): string {
  const name = nameOf(element);
  if (unseen.has(name)) return '';
  const inner = (deeper = level) => childrenAsHtml(element, deeper);
  switch (name) {
    case 'article-title':
      return nameOf(element.parent as XmlElement) === 'title-group' ? heading(1, inner()) : `${inner()} `;
    case 'pub-id':
      return ` ${inner()}`;
    case 'title':
      return heading(level, inner());
    case 'article-meta':
    case 'front-stub':
      return childElements(element)
        .filter((child) => told.has(nameOf(child)))
        .map((child) => asHtml(child, level))
        .join('');
    case 'contrib-group':
      return (
        paragraph(childElements(element, 'contrib').map(nameOfAuthor).filter(Boolean).map(escape).join(', ')) +
        childElements(element, 'aff')
          .map((one) => asHtml(one, level))
          .join('')
      );
    case 'abstract':
      return (childElements(element, 'title').length > 0 ? '' : heading(2, 'Abstract')) + inner(2);
    case 'sec':
    case 'ack':
    case 'app':
    case 'ref-list':
      return inner(level + 1);
    case 'kwd-group':
      return paragraph([...descendants(element, 'kwd')].map((word) => escape(lineOf(word))).join(', '));
    case 'fig':
    case 'table-wrap':
      return captioned(element, level);
    case 'ref':
      return `<ul><li>${childElements(element)
        .map((child) => asHtml(child, level))
        .join(' ')}</li></ul>`;
    case 'list': {
      const tag = attributeOf(element, 'list-type') === 'order' ? 'ol' : 'ul';
      return `<${tag}>${inner()}</${tag}>`;
    }
    case 'ext-link':
      return `<a href="${escape(attributeOf(element, 'href') ?? '')}">${inner()}</a>`;
    case 'math':
      return mathAsHtml(element);
    default: {
      const tag = sameAs[name];
      return tag === undefined ? inner() : `<${tag}${spansOf(element)}>${inner()}</${tag}>`;
    }
  }
}

function childrenAsHtml(element: XmlElement, level: number): string {
  const isMixed = element.children.some((child) => isText(child) && child.data.trim() !== '');
  return element.children
    .map((child) => (isText(child) ? escape(child.data) : 'attribs' in child ? asHtml(child, level) : ''))
    .join(apart.has(nameOf(element)) && !isMixed ? ' ' : '');
}

/** `Fig 1. What it shows.`, and what is below it. */
function captioned(element: XmlElement, level: number): string {
  const label = lineOf(childElements(element, 'label')[0]);
  const caption = childElements(element, 'caption')
    .flatMap((one) => childElements(one))
    .map((one) => childrenAsHtml(one, level));
  const rest = childElements(element).filter((child) => !['label', 'caption'].includes(nameOf(child)));
  return (
    paragraph([escape(label), ...caption].filter(Boolean).join(' ')) +
    rest.map((child) => asHtml(child, level)).join('')
  );
}

function nameOfAuthor(contributor: XmlElement): string {
  const name = firstDescendant(contributor, 'name');
  const parts = ['given-names', 'surname', 'suffix'].map((part) => lineOf(firstDescendant(name, part)));
  return parts.filter(Boolean).join(' ') || lineOf(firstDescendant(contributor, 'collab'));
}

function mathAsHtml(element: XmlElement): string {
  const inner = element.children.map((child) =>
    isText(child) ? escape(child.data) : 'attribs' in child ? mathAsHtml(child) : '',
  );
  return `<${nameOf(element)}>${inner.join('')}</${nameOf(element)}>`;
}

function spansOf(cell: XmlElement): string {
  return ['rowspan', 'colspan']
    .map((name) => (/^\d{1,3}$/.test(attributeOf(cell, name) ?? '') ? ` ${name}="${attributeOf(cell, name)}"` : ''))
    .join('');
}

function heading(level: number, inner: string): string {
  const tag = `h${Math.min(6, Math.max(2, level))}`;
  return level === 1 ? `<h1>${inner}</h1>` : `<${tag}>${inner}</${tag}>`;
}

function paragraph(inner: string): string {
  return inner === '' ? '' : `<p>${inner}</p>`;
}

function lineOf(element: XmlElement | undefined): string {
  return textOf(element).replace(/\s+/g, ' ').trim();
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
