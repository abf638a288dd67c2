import { type CanonicalText, createCanonicalText } from '../canonical-text.ts';
import type { BlockKind, ParsedDocument } from '../parsed-document.ts';
import { addTable } from './add-rows.ts';
import { type AsciidocSettings, asciidocInline, createSettings, VALUE_CHARACTERS_MAX } from './asciidoc-inline.ts';
import { asciidocRows } from './asciidoc-table.ts';
import { extentOf } from './extent-of.ts';
import type { ParserInput } from './parser-input.ts';
import { decodeOrRefuse } from './plain-text.ts';

/** What stands above a block is looked at for each of its lines. */
const LOOK_CHARACTERS_MAX = 1000;

interface Walk {
  canonical: CanonicalText;
  lines: string[];
  kind: BlockKind | 'rows' | 'unseen';
  /** The line that ends a block which is open until then, such as code. */
  end: string | undefined;
  /** What the lines in brackets above a block say of it. */
  look: string;
  /** The lists that are open, each inside of the one before: what marks their items, and how many there were. */
  lists: { mark: string; count: number }[];
  /** Whether what follows belongs to the item above, after a `+`. */
  isAttached: boolean;
  /** The line, such as `--`, that ends what is attached as a whole. */
  held: string | undefined;
  settings: AsciidocSettings;
  /** The setting that goes on in the next line. */
  unfinished: string | undefined;
  title: string | undefined;
}

/** Reads AsciiDoc: sections, lists, tables, code, quotes. What steers a program (settings, conditions, remarks) is left out. */
export function parseAsciidoc(input: ParserInput): ParsedDocument {
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const walk: Walk = {
    canonical,
    lines: [],
    kind: 'paragraph',
    end: undefined,
    look: '',
    lists: [],
    isAttached: false,
    held: undefined,
    settings: createSettings(),
    unfinished: undefined,
    title: undefined,
  };
  const lines = decodeOrRefuse(input).replace(/\r\n?/g, '\n').split('\n');
  for (const line of lines) addLine(walk, line.trimEnd());
  endBlock(walk);
  return {
    ...canonical.finish(),
    title: walk.title ?? null,
    mediaType: 'text/asciidoc',
    pageCount: null,
    warnings: [],
  };
}

/** Lines that open a block, and close it again. */
const fences: readonly (readonly [RegExp, Walk['kind']])[] = [
  [/^(?:-{4,}|\.{4,}|\+{4,})$/, 'code'],
  [/^```\w*$/, 'code'],
  [/^_{4,}$/, 'quote'],
  [/^[|,:!]={3,}$/, 'rows'],
  [/^\/{4,}$/, 'unseen'],
];
const steering =
  /^(?:ifn?def|ifeval|endif|include|toc|image|video|audio)::[^\s[]*\[.*\]$|^\/\/(?!\/)|^'{3,}$|^<{3,}$|^(?:={4,}|\*{4,}|--|\+)$/;

function addLine(walk: Walk, line: string): void {
  if (walk.end !== undefined) {
    if (line === walk.end) endBlock(walk);
    else walk.lines.push(line);
    return;
  }
  if (walk.unfinished !== undefined) {
    setValue(walk, walk.unfinished, `${walk.settings.values.get(walk.unfinished) ?? ''} ${line.trimStart()}`);
    return;
  }
  const underlined = underlinedLevel(walk, line);
  if (underlined > 0) {
    const [text = ''] = walk.lines;
    walk.lines = [];
    addHeading(walk, underlined, text);
    return;
  }
  const fence = fences.find(([sign]) => sign.test(line));
  const setting = /^:!?([\w-]+)!?:(?:\s+(.*))?$/.exec(line);
  const heading = /^(={1,6}|#{1,6})\s+(\S.*)$/.exec(line);
  if (fence !== undefined) {
    startBlock(walk, fence[1]);
    walk.isAttached = walk.held !== undefined;
    walk.end = line.startsWith('```') ? '```' : line;
  } else if (line === '') breakBlock(walk);
  else if (setting !== null) setValue(walk, setting[1] ?? '', setting[2] ?? '');
  else if (steering.test(line)) addSteering(walk, line);
  else if (/^\[[^\]]*\]{1,2}$/.test(line)) {
    breakBlock(walk);
    walk.look = (walk.look + line).slice(0, LOOK_CHARACTERS_MAX);
  } else if (heading !== null) addHeading(walk, heading[1]?.length ?? 1, heading[2] ?? '');
  else if (isVerbatim(walk.look) || !addItem(walk, line)) {
    endLists(walk, line);
    // The title of a block, as in `.Example`.
    if (/^\.[^\s.]/.test(line) && !(isVerbatim(walk.look) && walk.lines.length > 0)) {
      breakBlock(walk);
      walk.canonical.add({ kind: 'paragraph', text: asciidocInline(line.slice(1), walk.settings) });
    } else walk.lines.push(line);
  }
}

/** Sets what a name stands for, which goes on in the next line after a backslash. */
function setValue(walk: Walk, name: string, value: string): void {
  const isUnfinished = value.endsWith(' \\');
  walk.unfinished = isUnfinished ? name : undefined;
  // One character more than may be says that it is too long.
  walk.settings.values.set(name, (isUnfinished ? value.slice(0, -2) : value).slice(0, VALUE_CHARACTERS_MAX + 1));
}

/** A condition may hold a line of its own, a picture the words that stand for it. */
function addSteering(walk: Walk, line: string): void {
  const held = /^ifn?def::[^\s[]*\[(.+)\]$/.exec(line)?.[1];
  if (held !== undefined) {
    if (!steering.test(held)) addLine(walk, held);
    return;
  }
  breakBlock(walk);
  if (line === '+') walk.isAttached = true;
  else if (line === walk.held) {
    walk.held = undefined;
    walk.isAttached = false;
  } else if (walk.isAttached && /^(?:--|={4,}|\*{4,})$/.test(line)) walk.held ??= line;
  const words = pictureWords(/^image::[^\s[]*\[(.*)\]$/.exec(line)?.[1] ?? '');
  if (words === '') return;
  endLists(walk, line);
  endBlock(walk);
  walk.canonical.add({ kind: 'paragraph', text: asciidocInline(words, walk.settings) });
}

/** `A lighthouse, 300`, `"A lighthouse, at dusk"`, `width=300, alt=A lighthouse`. */
function pictureWords(look: string): string {
  const named = /(?:^|,)\s*alt\s*=\s*(?:"([^"]*)"|([^,"]*))/.exec(look);
  const first = /^\s*(?:"([^"]*)"|([^,="]*))(?:,|$)/.exec(look);
  return (named?.[1] ?? named?.[2] ?? first?.[1] ?? first?.[2] ?? '').trim();
}

/** A paragraph that is not attached to an item, nor set in, ends the lists above it. */
function endLists(walk: Walk, line: string): void {
  if (walk.lines.length > 0 || walk.kind !== 'paragraph') return;
  if (!walk.isAttached && !/^\s/.test(line)) walk.lists = [];
  walk.isAttached = walk.held !== undefined;
}

const UNDERLINES = '=-~^+';

/** The level of the heading that a line makes of the one above it, being as long as that, give or take one; 0 for none. */
function underlinedLevel({ kind, lines }: Walk, line: string): number {
  const [above = ''] = lines;
  if (kind !== 'paragraph' || lines.length !== 1 || !/^(?:={3,}|-{3,}|~{3,}|\^{3,}|\+{3,})$/.test(line)) return 0;
  const isAsLong = Math.abs(Array.from(above).length - line.length) <= 1;
  return isAsLong && /^\S/.test(above) && /[\p{L}\p{N}]/u.test(above) ? UNDERLINES.indexOf(line.charAt(0)) + 1 : 0;
}

function addHeading(walk: Walk, level: number, words: string): void {
  endBlock(walk);
  walk.lists = [];
  const text = asciidocInline(words, walk.settings);
  walk.canonical.add({ kind: 'heading', level, text });
  if (level === 1) walk.title ??= text;
}

/** `* one`, `** further in`, `. numbered`, `<1> of the code above`, `term:: what it is`. */
function addItem(walk: Walk, line: string): boolean {
  const item = /^\s*(?:(\*{1,6}|-)|(\.{1,6})|(\d{1,4}\.)|(<(?:\d{1,3}|\.)>))\s+(\S.*)$/.exec(line);
  const [, , dots, number, callout, text = ''] = item ?? [];
  const term = item === null ? /^\s*(\S.{0,300}?)(?:::|;;)(?:\s+(.*))?$/.exec(line) : null;
  if (item === null && term === null) return false;
  const count = countItem(walk, item?.[1] ?? dots ?? (number && '1.') ?? (callout && '<1>') ?? '::');
  startBlock(walk, 'list-item');
  if (term !== null) walk.lines.push(`${term[1]}: ${term[2] ?? ''}`);
  else if (dots !== undefined) walk.lines.push(`${count}. ${text}`);
  else walk.lines.push(`${number ?? callout?.replace(/[<>]/g, '').concat('.') ?? ''} ${text}`);
  return true;
}

/** How many items of that mark there are: in the list that is open, or in a new one inside of it. */
function countItem(walk: Walk, mark: string): number {
  const { lists, look } = walk;
  const start = walk.lines.length === 0 ? /\bstart\s*=\s*"?(\d{1,6})\b/.exec(look)?.[1] : undefined;
  const at = lists.findIndex((list) => list.mark === mark);
  const before = at < 0 || start !== undefined ? Number(start ?? 1) - 1 : (lists[at]?.count ?? 0);
  const count = before + 1;
  lists.splice(at < 0 ? lists.length : at, lists.length, { mark, count });
  walk.isAttached = walk.held !== undefined;
  return count;
}

function startBlock(walk: Walk, kind: Walk['kind']): void {
  breakBlock(walk);
  walk.kind = kind;
}

/** Ends what has begun; what is said of a block that is still to come stays. */
function breakBlock(walk: Walk): void {
  const look = walk.lines.length === 0 ? walk.look : '';
  endBlock(walk);
  walk.look = look;
}

function isVerbatim(look: string): boolean {
  return /(?<!\[)\[(?:source|listing|literal)\b/.test(look);
}

function endBlock(walk: Walk): void {
  const { canonical, end, kind, lines, look, settings } = walk;
  if (lines.length > 0 && kind !== 'unseen') {
    const isIndented = kind === 'paragraph' && lines.every((line) => /^\s/.test(line));
    const isCode = kind === 'code' || isIndented || isVerbatim(look);
    const isQuote = kind === 'quote' || /(?<!\[)\[(?:quote|verse)\b/.test(look);
    const rows = kind === 'rows' ? asciidocRows(lines, { look, fence: end ?? '' }) : [];
    if (rows.length > 0)
      addTable(
        canonical,
        rows.map((row) => row.map((cell) => asciidocInline(cell, settings))),
      );
    else if (kind === 'rows') canonical.add({ kind: 'code', text: lines.join('\n') });
    else if (isCode) canonical.add({ kind: 'code', text: isIndented ? withoutIndent(lines) : lines.join('\n') });
    else canonical.add({ kind: isQuote ? 'quote' : kind, text: asciidocInline(lines.join('\n'), settings) });
  }
  Object.assign(walk, { lines: [], kind: 'paragraph', end: undefined, look: '' });
}

/** A paragraph that is set in is code, but for what all of its lines are set in by. */
function withoutIndent(lines: readonly string[]): string {
  const indent = extentOf(lines, (line) => line.search(/\S/))[0];
  return lines.map((line) => line.slice(indent)).join('\n');
}
