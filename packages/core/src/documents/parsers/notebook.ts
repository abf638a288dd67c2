import { createCanonicalText } from '../canonical-text.ts';
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
  for (const cell of arrayOf(field(notebook, 'cells'))) {
    const source = joined(field(cell, 'source'));
    if (field(cell, 'cell_type') === 'markdown') addMarkdownBlocks(canonical, source);
    else canonical.add({ kind: 'code', text: source });
    for (const output of arrayOf(field(cell, 'outputs'))) {
      canonical.add({ kind: 'code', text: outputText(output).slice(0, OUTPUT_CHARACTERS_MAX) });
    }
  }
  const title = field(field(notebook, 'metadata'), 'title');
  return {
    ...canonical.finish(),
    title: typeof title === 'string' && title.trim() !== '' ? title.trim() : null,
    mediaType: 'application/x-ipynb+json',
    pageCount: null,
    warnings: [],
  };
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
