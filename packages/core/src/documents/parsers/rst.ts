import { type CanonicalText, createCanonicalText } from '../canonical-text.ts';
import type { BlockKind, ParsedDocument } from '../parsed-document.ts';
import { addTable } from './add-rows.ts';
import { extentOf } from './extent-of.ts';
import type { ParserInput } from './parser-input.ts';
import { decodeOrRefuse } from './plain-text.ts';
import { addRstDirective, readRstDirective } from './rst-directives.ts';
import { readRstNames, rstInline } from './rst-inline.ts';
import { rstTableLength, rstTableRows } from './rst-tables.ts';

export interface RstWalk {
  canonical: CanonicalText;
  /** As inline text is shown. */
  shown(text: string): string;
  add(kind: BlockKind, text: string): void;
  addBlocks(lines: readonly string[], kind: BlockKind, depth: number): void;
  /** Looks of headings, the highest first: documents choose their own. */
  looks: string[];
  /** The last numbered item among lines: where it ended, and its number. */
  counts: WeakMap<readonly string[], { end: number; number: number }>;
}

/** What is nested deeper is read as text. */
const DEPTH_MAX = 30;
const bullet = /^(?:[-*+•‣⁃]\s+)(?=\S)/;
const numbered = /^\(?(?:#|\d{1,4}|[a-zA-Z]|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})[.)]\s+(?=\S)/;
const punctuation = /^([!-/:-@[-`{-~])\1{2,}\s*$/;

/** Reads reStructuredText: sections, lists, tables, code, directives by what they show. */
export function parseRst(input: ParserInput): ParsedDocument {
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const text = decodeOrRefuse(input).replace(/^\ufeff/, '');
  const lines = text.split(/\r\n?|\n/).map((line) => line.replaceAll('\t', '        ').trimEnd());
  const names = readRstNames(lines);
  const walk: RstWalk = {
    canonical,
    shown: (words) => rstInline(words, names),
    add: (kind, words) => canonical.add({ kind, text: rstInline(words, names) }),
    addBlocks: (nested, kind, depth) => addBlocks(walk, nested, kind, depth),
    looks: [],
    counts: new WeakMap(),
  };
  addBlocks(walk, lines, 'paragraph', 0);
  return { ...canonical.finish(), title: null, mediaType: 'text/x-rst', pageCount: null, warnings: [] };
}

/** Adds the blocks of lines that begin at the left. What is nested in them is added one level deeper. */
function addBlocks(walk: RstWalk, lines: readonly string[], kind: BlockKind, depth: number): void {
  if (depth > DEPTH_MAX) return walk.add(kind, lines.join('\n'));
  for (let at = 0; at < lines.length; ) {
    if (lines[at] === '') at += 1;
    else at += addBlock(walk, lines, at, kind, depth);
  }
}

/** Adds the block that begins there, and tells how many lines it took. */
function addBlock(walk: RstWalk, lines: readonly string[], at: number, kind: BlockKind, depth: number): number {
  const line = lines[at] ?? '';
  const heading = depth === 0 ? addHeading(walk, lines, at) : 0;
  if (heading > 0) return heading;
  if (punctuation.test(line) && (lines[at + 1] ?? '') === '' && line.length >= 4) return 1;
  if (/^\s/.test(line)) {
    const end = endOfIndented(lines, at);
    walk.addBlocks(withoutIndent(lines.slice(at, end)), kind === 'paragraph' ? 'quote' : kind, depth + 1);
    return end - at;
  }
  if (/^(?:\.\.|__)(?:\s|$)/.test(line)) return addMarkup(walk, lines, at, kind, depth);
  const rows = isTableStart(line) ? rstTableLength(lines, at) : 0;
  if (rows > 0) {
    addTableBlock(walk, lines.slice(at, at + rows));
    return rows;
  }
  if (line.startsWith('>>> ')) {
    const end = endOfParagraph(lines, at);
    walk.canonical.add({ kind: 'code', text: lines.slice(at, end).join('\n') });
    return end - at;
  }
  return addItem(walk, lines, at, depth) || addParagraph(walk, lines, at, kind, depth);
}

function isTableStart(line: string): boolean {
  return line.startsWith('+-') || line.startsWith('+=') || line.startsWith('==');
}

function addTableBlock(walk: RstWalk, lines: readonly string[]): void {
  const rows = rstTableRows(lines);
  if (rows === undefined) walk.canonical.add({ kind: 'code', text: lines.join('\n') });
  else
    addTable(
      walk.canonical,
      rows.map((row) => row.map((cell) => walk.shown(cell))),
    );
}

/** A title with a line of one character below it, and perhaps above. */
function addHeading(walk: RstWalk, lines: readonly string[], at: number): number {
  const [first = '', second = '', third = ''] = lines.slice(at, at + 3);
  const isOver = punctuation.test(first) && second !== '' && third === first;
  const title = (isOver ? second : first).trim();
  const rule = isOver ? third : second;
  const isTitle = isOver || (/^\S/.test(first) && punctuation.test(rule) && !punctuation.test(first));
  if (!isTitle || rule.length < 0.7 * title.length) return 0;
  const look = `${rule[0]}${isOver}`;
  if (!walk.looks.includes(look)) walk.looks.push(look);
  walk.canonical.add({ kind: 'heading', level: walk.looks.indexOf(look) + 1, text: walk.shown(title) });
  return isOver ? 3 : 2;
}

/** Directives, notes, and what is not shown: targets, substitutions, remarks. */
function addMarkup(walk: RstWalk, lines: readonly string[], at: number, kind: BlockKind, depth: number): number {
  const line = lines[at] ?? '';
  const end = endOfIndented(lines, at + 1);
  const body = withoutIndent(lines.slice(at + 1, end));
  const [, name, argument = ''] = /^\.\. ([\w.+:-]{1,60}?)\s?::(?:\s+(.*))?$/.exec(line) ?? [];
  const [, label, note = ''] = /^\.\. (\[[\w#*.-]{1,60}\])(?:\s+(.*))?$/.exec(line) ?? [];
  if (name !== undefined) addRstDirective(walk, readRstDirective(name.toLowerCase(), argument, body), kind, depth + 1);
  else if (label !== undefined) walk.addBlocks([`${label} ${note}`, ...body], kind, depth + 1);
  return end - at;
}

/** An item of a list, a field or a line of verse. */
function addItem(walk: RstWalk, lines: readonly string[], at: number, depth: number): number {
  const line = lines[at] ?? '';
  const [, field, value = ''] = /^:((?:[^:\\]|\\.|:(?![\s`]|$)){1,200}):(?:\s+(.*))?$/.exec(line) ?? [];
  const end = endOfIndented(lines, at + 1);
  if (field !== undefined) {
    const body = withoutIndent(lines.slice(at + 1, end));
    const isEmpty = value === '' && body.every((each) => each === '');
    if (!isEmpty) walk.addBlocks([`${field}: ${value}`, ...body], 'paragraph', depth + 1);
    return end - at;
  }
  if (/^\|(?:\s|$)/.test(line)) {
    const last = endOfParagraph(lines, at);
    walk.add(
      'paragraph',
      lines
        .slice(at, last)
        .map((each) => each.replace(/^\|\s?/, ''))
        .join('\n'),
    );
    return last - at;
  }
  const isBullet = bullet.test(line);
  const mark = (isBullet ? bullet : numbered).exec(line)?.[0];
  const next = lines[at + 1] ?? '';
  const isGoingOn = next !== '' && !/^\s/.test(next) && !bullet.test(next) && !numbered.test(next);
  if (mark === undefined || isGoingOn) return 0;
  const [first, ...rest] = [line.slice(mark.length), ...withoutIndent(lines.slice(at + 1, end), mark.length)];
  const shownMark = isBullet ? '' : `\\${numberOf(walk, lines, mark.trim(), { at, end })} `;
  walk.addBlocks([`${shownMark}${first}`, ...rest], 'list-item', depth + 1);
  return end - at;
}

/** `#.` goes on from the item above. */
function numberOf(
  { counts }: RstWalk,
  lines: readonly string[],
  mark: string,
  { at, end }: { at: number; end: number },
): string {
  const last = counts.get(lines);
  const said = /\d+/.exec(mark)?.[0];
  const number = said === undefined ? (last?.end === at ? last.number : 0) + 1 : Number(said);
  counts.set(lines, { end, number });
  return mark.replace('#', String(number));
}

/** Text up to a blank line. What is indented below its one line explains it; behind `::` it is code. */
function addParagraph(walk: RstWalk, lines: readonly string[], at: number, kind: BlockKind, depth: number): number {
  const end = endOfParagraph(lines, at);
  const isTerm = end - at > 1 && /^\s/.test(lines[at + 1] ?? '');
  const textEnd = isTerm ? at + 1 : end;
  const text = lines.slice(at, textEnd).join('\n');
  const isBeforeCode = text.endsWith('::');
  walk.add(kind, isBeforeCode ? text.replace(/(?:^|\s)::$|:$/, '') : text);
  let next = textEnd;
  while (lines[next] === '') next += 1;
  if (!/^\s/.test(lines[next] ?? '') || !(isTerm || isBeforeCode)) return textEnd - at;
  const bodyEnd = endOfIndented(lines, next);
  const body = withoutIndent(lines.slice(next, bodyEnd));
  if (isBeforeCode) walk.canonical.add({ kind: 'code', text: body.join('\n') });
  else walk.addBlocks(body, kind, depth + 1);
  return bodyEnd - at;
}

function endOfParagraph(lines: readonly string[], at: number): number {
  const end = lines.indexOf('', at);
  return end < 0 ? lines.length : end;
}

/** Behind the lines that are blank or indented; blank ones at the end belong to nobody, and are passed over as well. */
function endOfIndented(lines: readonly string[], at: number): number {
  let end = at;
  while (end < lines.length && (lines[end] === '' || /^\s/.test(lines[end] ?? ''))) end += 1;
  return end;
}

function withoutIndent(lines: readonly string[], most = Number.POSITIVE_INFINITY): string[] {
  const indents = lines.filter((line) => line !== '').map((line) => line.search(/\S/));
  const [indent] = extentOf(indents, Number);
  return lines.map((line) => line.slice(Math.min(indent, most, line.length)));
}
