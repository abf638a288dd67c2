const ENTRIES_MAX = 50;
const VALUE_CHARACTERS_MAX = 500;

/**
 * The entries of YAML front matter as text: `key: value`, and lists, in brackets or a dash a line, as `a, b`. What is
 * nested deeper, which no reader shows, is left out.
 */
export function readFrontMatter(frontMatter: string): Record<string, string> {
  const entries: [name: string, value: string][] = [];
  for (const line of frontMatter.split('\n')) {
    const item = /^\s*-\s+(\S.*)$/.exec(line)?.[1];
    const last = entries.at(-1);
    if (item !== undefined && last !== undefined) {
      last[1] = [last[1], unquote(item)].filter((part) => part !== '').join(', ');
      continue;
    }
    const [, name, value = ''] =
      /^([\p{L}\p{N}_](?:[\p{L}\p{N}_ -]{0,60}[\p{L}\p{N}_])?)\s*:[^\S\n]*(.*)$/u.exec(line) ?? [];
    if (name !== undefined) entries.push([name, plainValue(value)]);
  }
  const kept = entries.filter(([, value]) => value !== '').slice(0, ENTRIES_MAX);
  return Object.fromEntries(kept.map(([name, value]) => [name, value.slice(0, VALUE_CHARACTERS_MAX)]));
}

function plainValue(value: string): string {
  const list = /^\[(.*)\]$/.exec(value.trim())?.[1];
  return list === undefined ? unquote(value) : list.split(',').map(unquote).join(', ');
}

function unquote(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, '$2');
}
