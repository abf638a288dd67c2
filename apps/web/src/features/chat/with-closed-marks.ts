/**
 * The block that is being written, as it will look: the head of a table with the line that makes it one, words in bold and
 * in code with their closing mark. Until those come, Markdown would show bars, asterisks and backticks.
 */
export function withClosedMarks(block: string): string {
  if (/^ {0,3}(```|~~~)/.test(block)) return block;
  return withWholeHead(withClosedWords(block));
}

function withWholeHead(block: string): string {
  const [head = '', line, ...rows] = block.split('\n');
  const isHead = head.startsWith('|') && rows.length === 0 && (line === undefined || /^[\s|:-]*$/.test(line));
  if (!isHead) return block;
  const cells = head
    .replace(/^\|/, '')
    .replace(/\|\s*$/, '')
    .split(/(?<!\\)\|/);
  if (cells.every((cell) => cell.trim() === '')) return '';
  return `${head}\n|${' - |'.repeat(cells.length)}`;
}

function withClosedWords(block: string): string {
  const code = withClosing('`', block, block);
  // Asterisks within code are code.
  const plain = code.replaceAll(/`[^`]*`/g, (span) => '-'.repeat(span.length));
  return withClosing('**', code, plain);
}

/** @param seen `text` with all hidden in which `mark` marks nothing. */
function withClosing(mark: string, text: string, seen: string): string {
  if (seen.split(mark).length % 2 === 1) return text;
  const at = seen.lastIndexOf(mark);
  const open = text.slice(at + mark.length).trimEnd();
  return open === '' ? text.slice(0, at) : text.slice(0, at) + mark + open + mark;
}
