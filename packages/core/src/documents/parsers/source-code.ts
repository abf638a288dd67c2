import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import type { ParserInput } from './parser-input.ts';
import { decodeOrRefuse } from './plain-text.ts';
import { languageOf } from './source-language.ts';

/**
 * Reads source code and structured text, its layout untouched. Each definition at the outermost level, with the comment
 * above it, is a block, so that a passage begins where a thought does.
 */
export function parseSourceCode(input: ParserInput): ParsedDocument {
  const text = decodeOrRefuse(input);
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  for (const block of listDefinitions(text)) canonical.add({ kind: 'code', text: block });
  return {
    ...canonical.finish(),
    title: null,
    mediaType: `text/x-${languageOf(input.fileName, text) ?? 'source'}`,
    pageCount: null,
    warnings: [],
  };
}

/** After a blank line, a line without indentation that does not close something starts the next definition. */
function* listDefinitions(text: string): Generator<string> {
  let lines: string[] = [];
  let isAfterBlank = false;
  for (const line of text.split(/\r\n?|\n/)) {
    if (isAfterBlank && /^[^\s)\]}]/.test(line)) {
      yield lines.join('\n');
      lines = [];
    }
    lines.push(line);
    isAfterBlank = line.trim() === '';
  }
  yield lines.join('\n');
}
