import { parse } from 'csv-parse/sync';
import type { BlockKind } from '../parsed-document.ts';
import { addTable } from './add-rows.ts';
import type { RstWalk } from './rst.ts';

/** What steers the program that makes pages, or says nothing to a reader. */
const unseen = new Set(
  `index highlight module currentmodule toctree contents include raw meta sectionauthor moduleauthor codeauthor role default-role
   tabularcolumns testsetup testcleanup sectnum section-numbering header footer target-notes py:module py:currentmodule c:namespace
   literalinclude image`.split(/\s+/),
);
const code = new Set(
  'code-block code sourcecode parsed-literal doctest testcode testoutput prompt math productionlist graphviz highlight-block'.split(
    ' ',
  ),
);
/** Those of docutils and Sphinx. Whatever else is written like an option is a field, which readers see. */
const optionNames = new Set(
  `align alt height width scale target loading figwidth figclass figname class name caption number-lines linenos lineno-start lineno-match
   emphasize-lines dedent force language lines start-after end-before start-at end-at pyobject diff prepend append encoding tab-width
   literal code parser start-line end-line start end header header-rows stub-columns widths file url delim quote escape keepspace maxdepth
   numbered glob hidden titlesonly reversed includehidden no-index noindex no-index-entry noindexentry no-contents-entry nocontentsentry
   no-typesetting module platform synopsis deprecated canonical async abstract abstractmethod classmethod staticmethod final
   single-line-parameter-list local backlinks depth prefix suffix sorted label nowrap no-wrap hide skipif pyversion options
   trim-doctest-flags no-trim-doctest-flags layout graphviz_dot members undoc-members private-members special-members inherited-members
   show-inheritance member-order exclude-members imported-members ignore-module-all no-value no-members`.split(/\s+/),
);
/** What they are called on the page. */
const labels = new Map([
  ...'note warning tip important caution danger hint attention error todo'
    .split(' ')
    .map((name) => [name, `${name[0]?.toUpperCase()}${name.slice(1)}:`] as const),
  ['seealso', 'See also:'],
  ['versionadded', 'New in version'],
  ['versionchanged', 'Changed in version'],
  ['deprecated', 'Deprecated since version'],
]);

const isField = /^:[^:\s`][^:`]{0,200}:(?:\s|$)/;

export interface RstDirective {
  name: string;
  argument: string;
  options: ReadonlyMap<string, string>;
  content: readonly string[];
}

/** @param lines the one with the name, and those below it without their indent. */
export function readRstDirective(name: string, argument: string, lines: readonly string[]): RstDirective {
  const options = new Map<string, string>();
  const words = [argument];
  let at = 0;
  // A signature, or a title, may go on in the lines below, up to a blank one.
  for (; at < lines.length && (lines[at] ?? '').trim() !== ''; at += 1) {
    const line = lines[at] ?? '';
    const [, option, value = ''] = /^:([\w-]{1,60}):(?:\s+(.*))?$/.exec(line) ?? [];
    const last = [...options].at(-1);
    if (option !== undefined && optionNames.has(option)) options.set(option, value);
    else if (last !== undefined && isGoingOn(last, line)) options.set(last[0], `${last[1]} ${line.trim()}`.trim());
    else if (options.size > 0 || argument === '' || isField.test(line)) break;
    else words.push(line.trim());
  }
  return { name, argument: words.filter((word) => word !== '').join('\n'), options, content: lines.slice(at) };
}

/** Words of an option may take several lines. What is longer than any of them is no option. */
function isGoingOn([option, value]: readonly [string, string], line: string): boolean {
  return /^\s/.test(line) && value.length < 2000 && /^(?:alt|caption|header)$/.test(option);
}

export function addRstDirective(walk: RstWalk, directive: RstDirective, kind: BlockKind, depth: number): void {
  const { name, argument, options, content } = directive;
  const alt = options.get('alt');
  if (alt !== undefined) walk.add(kind, alt);
  const caption = options.get('caption');
  if (caption !== undefined) walk.add(kind, caption);
  if (unseen.has(name)) return;
  const label = labels.get(name);
  if (code.has(name)) {
    const isSource =
      name !== 'math' && name !== 'parsed-literal' && name !== 'productionlist' && argument.split('\n').length === 1;
    const lines = isSource ? content : [...argument.split('\n'), ...content];
    walk.canonical.add({ kind: 'code', text: lines.join('\n') });
  } else if (label !== undefined) {
    const [first = '', ...rest] = withoutBlankStart(content);
    const isText = !isField.test(first) && /^(?![-*+]\s|\.\.\s|\(?\w{1,3}[.)]\s|[+=]{2})\S/.test(first);
    const opening = [label, versionOf(argument, content)].join(' ').trim();
    walk.addBlocks(
      argument === '' && isText ? [`${opening} ${first}`, ...rest] : [opening, '', ...content],
      kind,
      depth,
    );
  } else if (name === 'csv-table') addCsvTable(walk, directive);
  else if (name === 'list-table') addListTable(walk, directive);
  else {
    const isLook = name === 'class' && withoutBlankStart(content).length === 0;
    if (!isLook && !/^(?:figure|only|ifconfig|container|rst-class|compound)$/.test(name)) walk.add(kind, argument);
    walk.addBlocks(content, kind, depth);
  }
}

/** `3.2`, and what was new or changed then, where it is told. */
function versionOf(argument: string, content: readonly string[]): string {
  const [, version, told = ''] = /^(\d\S*)\s*(.*)$/s.exec(argument) ?? [];
  if (version === undefined) return argument;
  return told === '' && withoutBlankStart(content).length === 0 ? version : `${version}: ${told}`.trim();
}

function withoutBlankStart(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first < 0 ? [] : lines.slice(first);
}

function addCsvTable(walk: RstWalk, { argument, options, content }: RstDirective): void {
  walk.add('paragraph', argument);
  const text = [options.get('header') ?? '', ...content].filter((line) => line.trim() !== '').join('\n');
  try {
    const rows: string[][] = parse(text, { relax_column_count: true, relax_quotes: true, trim: true });
    addTable(
      walk.canonical,
      rows.map((row) => row.map((cell) => walk.shown(cell))),
    );
  } catch {
    walk.canonical.add({ kind: 'code', text });
  }
}

/** A list of rows, each a list of cells: what is a cell begins where the first one does. */
function addListTable(walk: RstWalk, { argument, content }: RstDirective): void {
  walk.add('paragraph', argument);
  const rows: string[][] = [];
  let indent = 0;
  for (const line of content) {
    const isRow = /^[*-]\s+[*-](?:\s|$)/.test(line);
    if (isRow) {
      rows.push([]);
      indent = line.search(/(?<=\s)[*-]/);
    }
    const last = rows.at(-1);
    if (last === undefined) continue;
    if (isRow || /^\s+[*-](?:\s|$)/.test(line.slice(0, indent + 2))) last.push(line.slice(indent + 1).trim());
    else last[last.length - 1] = `${last.at(-1)} ${line.trim()}`.trim();
  }
  addTable(
    walk.canonical,
    rows.map((row) => row.map((cell) => walk.shown(cell))),
  );
}
