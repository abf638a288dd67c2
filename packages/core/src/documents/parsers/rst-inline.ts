import { withAddress } from './link-address.ts';

/** What a reStructuredText document defines to be named elsewhere. */
export interface RstNames {
  /** Addresses, by what leads there. */
  targets: ReadonlyMap<string, string>;
  /** Words, by the name between bars. */
  substitutions: ReadonlyMap<string, string>;
}

/** Reads the definitions of a document, which may stand behind their use. */
export function readRstNames(lines: readonly string[]): RstNames {
  const targets = new Map<string, string>();
  const substitutions = new Map<string, string>();
  for (const line of lines) {
    const [, name, address] = /^\s*\.\. _`?([^`:]{1,200})`?:\s+(\S+)$/.exec(line) ?? [];
    if (name !== undefined && address !== undefined) targets.set(keyOf(name), address);
    const [, shown, words] = /^\s*\.\. \|([^|\s][^|]{0,100})\|\s+(?:replace|unicode)::\s*(.*)$/.exec(line) ?? [];
    if (shown !== undefined && words !== undefined) substitutions.set(shown, words);
  }
  return { targets, substitutions };
}

const literal = /``(.{1,2000}?)``(?![`\w])/gs;
/** A role before or behind its text, a link with its address, or a mere name. */
const interpreted = /(?::[\w:+.-]{1,60}:)?`([^`]{1,1000})`(?::[\w:+.-]{1,60}:|__?(?!\w))?/g;

/** As it is shown: without marks, links with where they lead. */
export function rstInline(text: string, names: RstNames): string {
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(literal)) {
    pieces.push(withoutMarks(text.slice(from, match.index), names), match[1] ?? '');
    from = match.index + match[0].length;
  }
  return [...pieces, withoutMarks(text.slice(from), names)].join('');
}

function withoutMarks(text: string, { targets, substitutions }: RstNames): string {
  return text
    .replace(/\|([^|\s][^|\n]{0,100})\|(?:__?)?/g, (all, name: string) => substitutions.get(name) ?? all)
    .replace(interpreted, (all, inner: string) => {
      const [, shown = inner, address] = /^(.*?)\s*<([^<>]{1,1000})>$/s.exec(inner) ?? [];
      if (/`__?$/.test(all)) return withAddress(shown || (address ?? ''), address ?? targets.get(keyOf(inner)));
      const name = shown || (address ?? '');
      const document = /^:(pep|rfc):/.exec(all)?.[1];
      if (document !== undefined) return `${document.toUpperCase()} ${name}`;
      return name.startsWith('~') ? (name.split('.').at(-1) ?? name) : name.replace(/^!/, '');
    })
    .replace(/(?<![\w`])(\w[\w.-]{0,100}?)__?(?![\w`])/g, (all, name: string) => {
      const target = targets.get(keyOf(name));
      return target === undefined ? all : withAddress(name, target);
    })
    .replace(/\[(#?[\w.-]{0,60}|\*)\]_(?!\w)/g, '[$1]')
    .replace(/(?<![\w*\\])(\*{1,2})(?=[^\s*])((?:[^*\\\n]|\n(?!\n)|\\.){1,2000}?)(?<=\S)\1(?![\w*])/g, '$2')
    .replace(/\\([^\n])/g, (_, escaped: string) => (escaped === ' ' ? '' : escaped));
}

function keyOf(name: string): string {
  return name.replace(/\s+/g, ' ').trim().toLowerCase();
}
