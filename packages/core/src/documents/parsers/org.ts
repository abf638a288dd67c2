import { type CanonicalText, createCanonicalText } from '../canonical-text.ts';
import type { BlockKind, ParsedDocument } from '../parsed-document.ts';
import { addTable } from './add-rows.ts';
import { extentOf } from './extent-of.ts';
import { withAddress } from './link-address.ts';
import type { ParserInput } from './parser-input.ts';
import { decodeOrRefuse } from './plain-text.ts';

interface Walk {
  canonical: CanonicalText;
  /** Lines of the block that is open. */
  lines: string[];
  kind: BlockKind | 'rows' | 'drawer';
  /** How a block that is open until it is said to end, such as code, ends. */
  end: RegExp | undefined;
  settings: Map<string, string>;
}

/** Reads Org mode: headlines, lists, tables, blocks of code. Its settings (`#+AUTHOR: …`) become metadata. */
export function parseOrg(input: ParserInput): ParsedDocument {
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const walk: Walk = { canonical, lines: [], kind: 'paragraph', end: undefined, settings: new Map() };
  for (const line of decodeOrRefuse(input).replace(/\r\n?/g, '\n').split('\n')) addLine(walk, line);
  endBlock(walk);
  const { title, ...metadata } = Object.fromEntries(walk.settings);
  return {
    ...canonical.finish(),
    title: title ?? null,
    mediaType: 'text/x-org',
    pageCount: null,
    metadata,
    warnings: [],
  };
}

const told = new Set(['title', 'author', 'date', 'description', 'keywords']);
const blockKinds: Readonly<Record<string, BlockKind>> = { quote: 'quote', verse: 'quote', center: 'paragraph' };

function addLine(walk: Walk, line: string): void {
  if (walk.end !== undefined) {
    if (walk.end.test(line)) endBlock(walk);
    else walk.lines.push(line);
    return;
  }
  const headline = /^(\*+)\s+(.*?)(?:\s+:[\p{L}\p{N}_@#%:]+:)?\s*$/u.exec(line);
  const block = /^\s*#\+begin_(\w+)/i.exec(line)?.[1]?.toLowerCase();
  const setting = /^\s*#\+(\w+):\s*(.*)$/.exec(line);
  const item = /^\s*(?:[-+]|(\d+[.)]))\s+(.*)$/.exec(line);
  if (headline !== null) {
    endBlock(walk);
    walk.canonical.add({ kind: 'heading', level: headline[1]?.length, text: inline(headline[2] ?? '') });
  } else if (block !== undefined) {
    startBlock(walk, blockKinds[block] ?? 'code', '');
    walk.end = new RegExp(`^\\s*#\\+end_${block}\\b`, 'i');
  } else if (/^\s*:(?:properties|logbook):\s*$/i.test(line)) {
    startBlock(walk, 'drawer', '');
    walk.end = /^\s*:end:\s*$/i;
  } else if (setting !== null) {
    const name = setting[1]?.toLowerCase() ?? '';
    if (told.has(name)) walk.settings.set(name, setting[2] ?? '');
  } else if (/^\s*\|/.test(line)) {
    if (walk.kind !== 'rows') startBlock(walk, 'rows', '');
    walk.lines.push(line);
  } else if (item !== null) startBlock(walk, 'list-item', `${item[1] === undefined ? '' : `${item[1]} `}${item[2]}`);
  else if (line.trim() === '') endBlock(walk);
  else if (!/^\s*#(?:\s|$)/.test(line)) {
    if (walk.kind === 'rows') endBlock(walk);
    walk.lines.push(line);
  }
}

function startBlock(walk: Walk, kind: Walk['kind'], first: string): void {
  endBlock(walk);
  walk.kind = kind;
  if (first !== '') walk.lines.push(first);
}

function endBlock(walk: Walk): void {
  const { canonical, kind, lines } = walk;
  if (kind === 'rows') addTable(canonical, lines.filter((line) => !/^\s*\|-/.test(line)).map(cellsOf));
  else if (kind === 'code') canonical.add({ kind, text: withoutIndent(lines).join('\n') });
  else if (kind !== 'drawer') canonical.add({ kind, text: inline(lines.join('\n')) });
  Object.assign(walk, { lines: [], kind: 'paragraph', end: undefined });
}

/** Code is indented with the text around it, which is no part of it. */
function withoutIndent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const [indent] = extentOf(indents, Number);
  return lines.map((line) => line.slice(Math.min(indent, line.length)));
}

function cellsOf(line: string): string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => inline(cell.trim()));
}

/** As it is shown: links by their text and where they lead, code without its marks. */
function inline(text: string): string {
  return text
    .replace(/\[\[([^[\]]{1,2000})\](?:\[([^[\]]{1,2000})\])?\]/g, (_, address: string, shown: string | undefined) =>
      withAddress(shown ?? address, address),
    )
    .replace(/(?<=^|[\s(/])([~=])(\S|\S[^\n]{0,200}?\S)\1(?=$|[\s.,;:!?)/])/gm, '$2');
}
