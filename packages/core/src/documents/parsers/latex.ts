import { type CanonicalText, createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { addTable } from './add-rows.ts';
import { latexInline } from './latex-inline.ts';
import type { ParserInput } from './parser-input.ts';
import { decodeOrRefuse } from './plain-text.ts';

const headingLevels: Record<string, number> = {
  part: 1,
  chapter: 1,
  section: 1,
  subsection: 2,
  subsubsection: 3,
  paragraph: 4,
  subparagraph: 5,
};
const verbatim = /^(?:verbatim|lstlisting|minted|Verbatim|alltt)\*?$/;
const formula = /^(?:equation|align|gather|multline|eqnarray|displaymath|math|flalign)\*?$/;
const table = /^(?:tabular[xy]?|longtable|tabu|array)\*?$/;
/** Targets of links, and what a converter defines for one list. */
const madeByPrograms = /\\hypertarget\{[^{}]*\}(?=\{)|\\def\\[a-zA-Z]+\{(?:[^{}]|\{[^{}]*\})*\}/g;
const begin = /\\begin\s*\{([a-zA-Z]+\*?)\}/g;
const heading = /\\(part|chapter|section|subsection|subsubsection|paragraph|subparagraph)\*?\s*(?:\[[^\]]*\]\s*)?\{/g;

/** Reads LaTeX as what it is typeset to: headings, paragraphs, lists, tables and code; formulas as they are typed. */
export function parseLatex(input: ParserInput): ParsedDocument {
  const source = withoutComments(decodeOrRefuse(input).replace(/\r\n?/g, '\n'));
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const title = argumentOf(source, 'title');
  if (title !== '') canonical.add({ kind: 'heading', level: 1, text: title });
  canonical.add({ kind: 'paragraph', text: argumentOf(source, 'author') });
  const start = source.indexOf('\\begin{document}');
  const end = source.lastIndexOf('\\end{document}');
  const body = start < 0 ? source : source.slice(start + '\\begin{document}'.length, end < start ? undefined : end);
  addBody(canonical, body.replace(madeByPrograms, ''), title === '' ? 0 : 1);
  return {
    ...canonical.finish(),
    title: title || null,
    mediaType: 'application/x-latex',
    pageCount: null,
    warnings: [],
  };
}

/** What is kept as it stands, be it an address, code on a line or a sign that is escaped, or a remark, with its line end unless a paragraph ends there. */
const keptOrRemark =
  /(\\(?:url|nolinkurl|path|href)\s*(?:\[[^\]\n]{0,200}\]\s*)?\{[^{}\n]*\}|\\verb\*?([^a-zA-Z*\s])[^\n]*?\2|\\[^])|%[^\n]*(?:\n(?![^\S\n]*\n)[^\S\n]*)?/g;

/** What a percent sign hides; not in code, where it is code. */
function withoutComments(source: string): string {
  return source
    .split(
      /(\\begin\{(?:verbatim|lstlisting|minted|Verbatim)\*?\}[^]*?\\end\{(?:verbatim|lstlisting|minted|Verbatim)\*?\})/,
    )
    .map((part, index) => (index % 2 === 1 ? part : part.replace(keptOrRemark, '$1')))
    .join('');
}

/** What is given to a command that stands once in a document. */
function argumentOf(source: string, command: string): string {
  const found = new RegExp(String.raw`\\${command}\s*(?:\[[^\]]*\]\s*)?\{`).exec(source);
  return found === null
    ? ''
    : latexInline(bracedAt(source, found.index + found[0].length))
        .replace(/\s+/g, ' ')
        .trim();
}

/** What stands between a brace that was opened just before and the one that closes it. */
function bracedAt(source: string, from: number): string {
  let depth = 1;
  for (let at = from; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\') at += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    if (depth === 0) return source.slice(from, at);
  }
  return source.slice(from);
}

function addBody(canonical: CanonicalText, body: string, above: number): void {
  let at = 0;
  begin.lastIndex = 0;
  for (let found = begin.exec(body); found !== null; found = begin.exec(body)) {
    const [opening, name = ''] = found;
    const isWhole = verbatim.test(name) || formula.test(name) || table.test(name);
    if (!isWhole) continue;
    const closing = body.indexOf(`\\end{${name}}`, found.index);
    const to = closing < 0 ? body.length : closing;
    addProse(canonical, body.slice(at, found.index), above);
    addEnvironment(canonical, name, body.slice(found.index + opening.length, to));
    at = closing < 0 ? body.length : closing + `\\end{${name}}`.length;
    begin.lastIndex = at;
  }
  addProse(canonical, body.slice(at), above);
}

function addEnvironment(canonical: CanonicalText, name: string, content: string): void {
  if (verbatim.test(name))
    canonical.add({ kind: 'code', text: content.replace(/^\s*(?:\[[^\]]*\])?(?:\{[^}]*\})?[^\S\n]*\n/, '') });
  else if (formula.test(name))
    canonical.add({ kind: 'paragraph', text: content.replace(/\\(?:label\{[^}]*\}|nonumber|notag)/g, '') });
  else addTable(canonical, rowsOf(withoutColumns(name, content)));
}

/** Without how wide the table is, where it says so, and how its columns are set. A brace behind that belongs to the first cell. */
function withoutColumns(name: string, content: string): string {
  let rest = content.replace(/^\s*(?:(?:to|spread)\b[^{]*)?/, '');
  for (let groups = /^tabular[xy*]/.test(name) ? 2 : 1; groups > 0; groups -= 1) {
    rest = rest.replace(/^\s*(?:\[[^\]]*\]\s*)?(?=\{)/, '');
    const { length } = rest.startsWith('{') ? bracedAt(rest, 1) : rest;
    if (rest[length + 1] !== '}') break;
    rest = rest.slice(length + 2);
  }
  return rest;
}

/** Rows end with two backslashes and cells with an ampersand; rules say nothing. */
function rowsOf(cells: string): string[][] {
  return cells
    .replace(
      /\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|centering)\b|\\(?:cline|cmidrule)(?:\([^)]*\))?\{[^}]*\}/g,
      '',
    )
    .split(/\\\\(?:\[[^\]]*\])?/)
    .map((row) => row.split(/(?<!\\)&/).map((cell) => latexInline(cell).replace(/\s+/g, ' ').trim()))
    .filter((row) => row.some((cell) => cell !== ''));
}

/** Paragraphs, under their headings; items of lists. */
function addProse(canonical: CanonicalText, prose: string, above: number): void {
  let at = 0;
  heading.lastIndex = 0;
  for (let found = heading.exec(prose); found !== null; found = heading.exec(prose)) {
    const [opening, name = ''] = found;
    const text = bracedAt(prose, found.index + opening.length);
    addParagraphs(canonical, prose.slice(at, found.index));
    canonical.add({ kind: 'heading', level: above + (headingLevels[name] ?? 1), text: latexInline(text) });
    at = found.index + opening.length + text.length + 1;
    heading.lastIndex = at;
  }
  addParagraphs(canonical, prose.slice(at));
}

function addParagraphs(canonical: CanonicalText, text: string): void {
  const parted = text.replace(
    /\\(?:begin|end)\s*\{[^}]*\}(?:\s*\[[^\]]*\])?|\\par\b|\\caption\b|\\maketitle\b/g,
    '\n\n$&',
  );
  for (const paragraph of parted.split(/\n[^\S\n]*\n/)) {
    const [first = '', ...items] = paragraph.split(/\\item\b/);
    canonical.add({ kind: 'paragraph', text: latexInline(first).replace(/\s+/g, ' ') });
    for (const item of items) {
      const labelled = item.replace(/^\s*\[([^\]]*)\]/, '$1 ');
      canonical.add({ kind: 'list-item', text: latexInline(labelled).replace(/\s+/g, ' ') });
    }
  }
}
