/**
 * Cuts Markdown into blocks at blank lines, never inside a fenced code block. All but the last are settled while text
 * still arrives, so each is parsed once. Joined with blank lines they are the text again.
 */
export function markdownBlocks(text: string): string[] {
  const blocks: string[] = [];
  let lines: string[] = [];
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === null) {
      fence = mark ?? null;
    } else if (mark !== undefined && mark.startsWith(fence) && line.trim() === mark) {
      fence = null;
    }
    if (line.trim() === '' && fence === null) {
      if (lines.length > 0) {
        blocks.push(lines.join('\n'));
      }
      lines = [];
    } else {
      lines.push(line);
    }
  }
  if (lines.length > 0) {
    blocks.push(lines.join('\n'));
  }
  return joinLists(blocks);
}

/** A list with blank lines between its items, or text indented under one, is one block: numbering must go on. */
function joinLists(blocks: string[]): string[] {
  const joined: string[] = [];
  for (const block of blocks) {
    const previous = joined.at(-1);
    const continues = previous !== undefined && isList(previous) && (isList(block) || /^\s{2,}/.test(block));
    if (continues) {
      joined[joined.length - 1] = `${previous}\n\n${block}`;
    } else {
      joined.push(block);
    }
  }
  return joined;
}

function isList(block: string): boolean {
  return /^\s{0,3}([-*+]|\d{1,9}[.)])\s/.test(block);
}
