import { type CanonicalText, createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { addMarkdownBlocks } from './markdown.ts';
import type { ParserInput } from './parser-input.ts';
import { decodeOrRefuse } from './plain-text.ts';

/** An output longer than this is a log or a dump of data. */
const OUTPUT_CHARACTERS_MAX = 20_000;

/** Reads a Jupyter notebook: its Markdown, its code, and what each piece of code printed. */
export function parseNotebook(input: ParserInput): ParsedDocument {
  const notebook = readNotebook(input);
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  let shortened = 0;
  for (const cell of listCells(notebook)) {
    addSource(canonical, cell);
    for (const output of arrayOf(field(cell, 'outputs'))) {
      const text = outputText(output);
      if (text.length > OUTPUT_CHARACTERS_MAX) shortened += 1;
      canonical.add({ kind: 'code', text: text.slice(0, OUTPUT_CHARACTERS_MAX) });
    }
  }
  const title = field(field(notebook, 'metadata'), 'title');
  return {
    ...canonical.finish(),
    title: typeof title === 'string' && title.trim() !== '' ? title.trim() : null,
    mediaType: 'application/x-ipynb+json',
    pageCount: null,
    warnings: shortened === 0 ? [] : [`Outputs of which only the first 20,000 characters were read: ${shortened}.`],
  };
}

/** Until format 3 the cells were on sheets, of which there was always one. */
function listCells(notebook: unknown): unknown[] {
  const sheets = arrayOf(field(notebook, 'worksheets'));
  return [notebook, ...sheets].flatMap((holder) => arrayOf(field(holder, 'cells')));
}

function addSource(canonical: CanonicalText, cell: unknown): void {
  // Code was called input.
  const source = joined(field(cell, 'source')) || joined(field(cell, 'input'));
  const type = field(cell, 'cell_type');
  if (type === 'markdown') addMarkdownBlocks(canonical, source);
  else if (type === 'heading')
    canonical.add({ kind: 'heading', level: Number(field(cell, 'level')) || 1, text: source });
  else canonical.add({ kind: 'code', text: source });
}

function readNotebook(input: ParserInput): unknown {
  try {
    return JSON.parse(decodeOrRefuse(input));
  } catch (error) {
    if (error instanceof SyntaxError) throw unreadable(input.fileName, 'corrupt', error);
    throw error;
  }
}

/** Text of a stream, of a result, or of an error; pictures and other media are left out. */
function outputText(output: unknown): string {
  const text = joined(field(output, 'text')) || joined(field(field(output, 'data'), 'text/plain'));
  const error = field(output, 'evalue');
  return text || (typeof error === 'string' ? `${joined(field(output, 'ename'))}: ${error}` : '');
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function arrayOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Notebooks keep text whole or as a list of lines. */
function joined(value: unknown): string {
  return arrayOf(typeof value === 'string' ? [value] : value)
    .filter((line) => typeof line === 'string')
    .join('');
}
