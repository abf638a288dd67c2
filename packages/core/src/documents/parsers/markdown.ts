import type { Nodes, Parents, RootContent, Table } from 'mdast';
import { type CanonicalText, createCanonicalText } from '../canonical-text.ts';
import type { BlockKind, ParsedDocument } from '../parsed-document.ts';
import { addTable } from './add-rows.ts';
import { readFrontMatter } from './front-matter.ts';
import { addHtmlBlocks } from './html-blocks.ts';
import { withAddress } from './link-address.ts';
import { withoutLongLines } from './long-markdown-lines.ts';
import { removeBlockNames, shownNote, withoutCallMark } from './markdown-notes.ts';
import { parseStretches } from './markdown-stretches.ts';
import type { ParserInput } from './parser-input.ts';
import { decodeOrRefuse } from './plain-text.ts';

/** Reads CommonMark with tables. Front matter names the title, becomes metadata and stays out of the text. */
export function parseMarkdown(input: ParserInput): ParsedDocument {
  const { frontMatter, body } = splitFrontMatter(decodeOrRefuse(input));
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const nodes = addMarkdownBlocks(canonical, body);
  const { title, ...metadata } = readFrontMatter(frontMatter);
  const firstHeading = nodes.find((node) => node.type === 'heading');
  return {
    ...canonical.finish(),
    title: title ?? (firstHeading?.depth === 1 ? headingText(firstHeading) : null),
    mediaType: 'text/markdown',
    pageCount: null,
    metadata,
    warnings: [],
  };
}

/** Adds the blocks of a piece of CommonMark, which are returned as read. */
export function addMarkdownBlocks(canonical: CanonicalText, markdown: string): readonly RootContent[] {
  const nodes = parseStretches(prepared(markdown));
  removeBlockNames({ type: 'root', children: nodes });
  addBlocks(canonical, nodes, 'paragraph');
  return nodes;
}

const pictureData = /\bdata:[\w.+/-]{1,60};base64,/g;
const PICTURE_CHARACTERS_MIN = 1000;

/**
 * Without pictures that are in the text itself, as Google Docs exports them: megabytes, and nothing to read. A character at a time, since
 * an expression would keep in mind each of them.
 */
function withoutPictures(markdown: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { index, 0: start } of markdown.matchAll(pictureData)) {
    const dataStart = index + start.length;
    if (dataStart < from) continue;
    let end = dataStart;
    while (/[\w+/=%-]/.test(markdown.charAt(end))) end += 1;
    if (end - dataStart < PICTURE_CHARACTERS_MIN) continue;
    pieces.push(markdown.slice(from, dataStart));
    from = end;
  }
  return [...pieces, markdown.slice(from)].join('');
}

/**
 * Quotes and lists in each other. Nobody writes deeper ones, and each of them takes time for every line: what is deeper is read as text, and
 * items that are further in as items beside each other. A row of dashes or stars is a rule, however long.
 */
const tooDeep = /^(?![- \t]*$|[* \t]*$)((?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))){50}[ \t]*\d{0,9})(?=[->+*.)])/;
const tooFarIn = /^([ \t]{120})[ \t]+(?=>|(?:[-+*]|\d{1,9}[.)])[ \t])/;

/** More signs in a row emphasise nothing, and what each of them goes with is looked for among all. */
const tooManySigns = /(\*{500})\*+|(_{500})_+|(~{500})~+|(`{500})`+/g;

/** Without data of pictures; a definition of one ends the paragraph above it, and what Notion sets apart (`<aside>`) is Markdown too. */
function prepared(markdown: string): string {
  const unpictured = withoutPictures(markdown).replace(/\r\n?/g, '\n');
  const bounded = outsideFences(unpictured, (line) =>
    line.replace(tooManySigns, '$1$2$3$4').replace(tooDeep, '$1\\').replace(tooFarIn, '$1'),
  );
  return withoutLongLines(bounded)
    .replace(/^(?=\[[^\]\n]{1,100}\]:[ \t]*<?data:)/gm, '\n')
    .replace(/^<aside>\n/gm, '<aside>\n\n');
}

/** Changes line by line what is not code between fences. */
function outsideFences(markdown: string, change: (line: string) => string): string {
  let open = '';
  const changed = markdown.split('\n').map((line) => {
    const fence = /^[ \t>]{0,20}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (open !== '') {
      if (fence.startsWith(open)) open = '';
      return line;
    }
    open = fence;
    return fence === '' ? change(line) : line;
  });
  return changed.join('\n');
}

function splitFrontMatter(text: string): { frontMatter: string; body: string } {
  const unmarked = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  if (!unmarked.startsWith('---\n')) return { frontMatter: '', body: unmarked };
  const end = unmarked.indexOf('\n---', 3);
  // A lone rule at the top is not front matter: what lies between must look like `key: value`.
  if (end < 0 || !/^[\w-]+\s*:/m.test(unmarked.slice(4, end))) return { frontMatter: '', body: unmarked };
  const bodyStart = unmarked.indexOf('\n', end + 1);
  return { frontMatter: unmarked.slice(4, end), body: bodyStart < 0 ? '' : unmarked.slice(bodyStart) };
}

function addBlocks(canonical: CanonicalText, nodes: readonly RootContent[], prose: BlockKind): void {
  for (const node of nodes) addBlock(canonical, node, prose);
}

function addBlock(canonical: CanonicalText, node: RootContent, prose: BlockKind): void {
  switch (node.type) {
    case 'heading':
      return canonical.add({ kind: 'heading', level: node.depth, text: headingText(node) });
    case 'code':
      return canonical.add({ kind: 'code', text: node.value });
    case 'table':
      return addTable(canonical, tableRows(node));
    case 'blockquote':
      return addBlocks(canonical, withoutCallMark(node.children), 'quote');
    case 'list':
      node.children.forEach((item, index) => {
        const [first, ...rest] = item.children;
        const number = node.ordered ? `${(node.start ?? 1) + index}. ` : '';
        const marker = number + taskMark(item.checked);
        if (first?.type === 'paragraph') canonical.add({ kind: 'list-item', text: marker + inlineText(first) });
        else if (first !== undefined) addBlock(canonical, first, 'list-item');
        addBlocks(canonical, rest, 'list-item');
      });
      return;
    case 'html':
      return addHtmlBlocks(canonical, node.value);
    case 'footnoteDefinition':
      return addBlocks(canonical, node.children, prose);
    case 'thematicBreak':
    case 'definition':
      return;
    default:
      return canonical.add({ kind: prose, text: inlineText(node) });
  }
}

/** Without the name that links to it use: `Oil {#oil}`. */
function headingText(node: Nodes): string {
  return inlineText(node).replace(/\s*\{#[^{}\s]{1,200}\}\s*$/, '');
}

/** What a task list shows as a box. */
function taskMark(checked: boolean | null | undefined): string {
  if (checked === null || checked === undefined) return '';
  return checked ? '[x] ' : '[ ] ';
}

function tableRows(table: Table): string[][] {
  return table.children.map((row) => row.children.map(inlineText));
}

const pictureName = /^\S{1,200}\.(?:png|jpe?g|gif|svg|webp|heic|bmp|tiff?)$/i;

/** Programs that have no description of a picture write its file's name. */
function isPictureName(alt: string, url = ''): boolean {
  return pictureName.test(alt) || (alt !== '' && [alt, encodeURI(alt)].includes(url.split('/').at(-1) ?? ''));
}

/** What a reader of the rendered page sees, and the address of each link beside its text. */
function inlineText(node: Nodes): string {
  switch (node.type) {
    case 'text':
      return shownNote(node.value);
    case 'inlineCode':
      return node.value;
    case 'break':
      return '\n';
    case 'image':
      return isPictureName(node.alt ?? '', node.url) ? '' : (node.alt ?? '');
    case 'imageReference':
      return isPictureName(node.alt ?? '') ? '' : (node.alt ?? '');
    case 'link':
      return withAddress(childrenText(node), node.url);
    case 'html':
      return /^<br\s*\/?>$/i.test(node.value) ? '\n' : '';
    case 'footnoteReference':
      return `[${node.label ?? node.identifier}]`;
    default:
      return 'children' in node ? childrenText(node) : '';
  }
}

function childrenText(node: Parents): string {
  return node.children.map(inlineText).join('');
}
