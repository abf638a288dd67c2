import type { BlockContent, DefinitionContent } from 'mdast';

/** Of note programs: `[[a note]]`, `[[a note|shown so]]`, `![[a picture]]`. */
const wikiLink = /(!?)\[\[([^[\]|\n]+)(?:\|([^[\]\n]+))?\]\]/g;
const mediaName = /\.(?:png|jpe?g|gif|svg|webp|bmp|avif|heic|mp3|wav|m4a|ogg|flac|mp4|mov|mkv|webm)$/i;

/**
 * A text of Obsidian and its like as they show it: links by their names, without the pictures, remarks (`%%…%%`), marks of what is
 * highlighted and names of blocks (`^a1b2c3`).
 */
export function shownNote(text: string): string {
  return text
    .replace(wikiLink, (_, embeds: string, target: string, label: string | undefined) => {
      return embeds !== '' && mediaName.test(target) ? '' : (label ?? shownTarget(target));
    })
    .replace(/(?<![\p{L}\p{N}=])==(?=[^\s=])([^=\n]{1,1000})(?<=\S)==(?![\p{L}\p{N}=])/gu, '$1')
    .replace(/%%[^%]{0,5000}%%/g, '')
    .replace(/(?<=\S)[ \t]\^[a-z\d-]{4,40}$/gm, '');
}

/** `Note#Heading` is shown as a way; the name of a block is not shown. */
function shownTarget(target: string): string {
  const [note = '', ...headings] = target.replace(/#?\^[\w-]+$/, '').split('#');
  return [note, ...headings].filter((name) => name !== '').join(' > ');
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
