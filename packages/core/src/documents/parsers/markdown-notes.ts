import type { BlockContent, DefinitionContent, Nodes, Text } from 'mdast';

/** Of note programs: `[[a note]]`, `[[a note|shown so]]`, `![[a picture]]`; not `rows[[1]]` or `[[ -f lamp ]]`, which are code. */
const wikiLink = /(!|(?<![\w)\]]))\[\[(?!\s)([^[\]|\n]+)(?<!\s)(?:\|([^[\]\n]+))?\]\]/g;
const mediaName = /\.(?:png|jpe?g|gif|svg|webp|bmp|avif|heic|mp3|wav|m4a|ogg|flac|mp4|mov|mkv|webm)$/i;
const highlight = /(?<![\p{L}\p{N}=])==(?=[^\s=])([^=\n]{1,1000})(?<=\S)==(?![\p{L}\p{N}=])/gu;
/** What stands between two comparisons: `a ==b and false if c== d`. */
const condition = /&&|\|\||\b(?:if|else|true|false|null)\b|^\S+ (?:and|or) \S+$/i;
/** `%%so%%`; neither percents (`5%%`), `%%f` of a batch file nor `%%NAME%%` of a form letter. */
const tightRemark = /(?<![\p{L}\p{N}%(])%%(?![A-Z\d_]+%%)(?=[^\s%])[^%]{1,5000}(?<=[^\s%\d])%%(?=[\s.,;:!?]|$)/gu;
/** `%% so %%` on lines of its own, or at the end of a text: between words, it is what divides them (`x %% 2`). */
const looseRemark = /^[ \t]*%%\s[^%]{0,5000}(?<=\s)%%[ \t]*$|(?<![^\s.,;:!?)])%%\s[^%]{0,5000}(?<=\s)%%(?![^])/gm;

/**
 * A text of Obsidian and its like as they show it: links by their names, without the pictures, remarks and marks of what is highlighted.
 * Every other Markdown is read so as well: what may be words stays.
 */
export function shownNote(text: string): string {
  return text
    .replace(wikiLink, (_, embeds: string, target: string, label: string | undefined) => {
      return embeds !== '' && mediaName.test(target) ? '' : (label ?? shownTarget(target));
    })
    .replace(highlight, (marked, words: string) => (condition.test(words) ? marked : words))
    .replace(tightRemark, '')
    .replace(looseRemark, '');
}

/** `Note#Heading` is shown as a way; the name of a block is not shown. */
function shownTarget(target: string): string {
  if (target.endsWith('#')) return target;
  const [note = '', ...headings] = target.replace(/#?\^[\w-]+$/, '').split('#');
  return [note, ...headings].filter((name) => name !== '').join(' > ');
}

/** Takes the names of blocks (`^a1b2c3`) from the ends of lines of a note, which is told by its links: elsewhere they are words. */
export function removeBlockNames(tree: Nodes): void {
  const texts = textsOf(tree);
  if (!texts.some(({ value }) => value.search(wikiLink) >= 0)) return;
  for (const text of texts) text.value = text.value.replace(/(?<=\S)[ \t]\^[a-z\d-]{4,40}$/gm, '');
}

function textsOf(node: Nodes): Text[] {
  if (node.type === 'text') return [node];
  return 'children' in node ? node.children.flatMap(textsOf) : [];
}

const callMark = /^\[!([\w-]{1,30})\][+-]?[ \t]*/;

/** Of a quote that calls something out (`[!warning] Mind the lens`), what is shown: its title, or else what it is. */
export function withoutCallMark<Content extends BlockContent | DefinitionContent>(
  content: readonly Content[],
): Content[] {
  const [first, ...rest] = content;
  const text = first?.type === 'paragraph' ? first.children[0] : undefined;
  const mark = text?.type === 'text' ? callMark.exec(text.value) : null;
  if (first?.type !== 'paragraph' || text?.type !== 'text' || mark === null) return [...content];
  const shown = text.value.slice(mark[0].length);
  const [, kind = ''] = mark;
  const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1).toLowerCase()}`;
  const hasTitle = shown === '' ? first.children.length > 1 : !shown.startsWith('\n');
  const value = hasTitle ? shown : `${name}${shown}`;
  return [{ ...first, children: [{ ...text, value }, ...first.children.slice(1)] }, ...rest];
}
