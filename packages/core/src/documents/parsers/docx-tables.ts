/** Tables in each other. Mammoth calls itself for each of them, and some hundred overflow its stack. */
const DEPTH_MAX = 50;

const tag = /<(\/?)w:(tbl|tr|tc)(?:\s[^<>]*)?>/g;

/** A document in which a table that is in 50 others is none: its paragraphs stand in the cell that it is in. */
export function withoutDeepTables(documentXml: string): string {
  const pieces: string[] = [];
  let from = 0;
  let depth = 0;
  for (const { index, 0: text, 1: end, 2: name } of documentXml.matchAll(tag)) {
    if (text.endsWith('/>')) continue;
    if (name === 'tbl' && end === '') depth += 1;
    if (depth > DEPTH_MAX) {
      pieces.push(documentXml.slice(from, index));
      from = index + text.length;
    }
    if (name === 'tbl' && end === '/') depth -= 1;
  }
  return [...pieces, documentXml.slice(from)].join('');
}
