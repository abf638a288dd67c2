import type { Nodes, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { cutMarkdown, type MarkdownStretch, PARAGRAPH_CHARACTERS_MAX } from './cut-markdown.ts';
import { joinBlocks } from './join-markdown.ts';

const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };

export function parseWhole(markdown: string): RootContent[] {
  return fromMarkdown(markdown, options).children;
}

/** What is parsed at once: time grows with the square of it. As a whole, 0.2 MB of callouts took 5 s. */
const STRETCH_CHARACTERS = 2000;

/**
 * The blocks of a text of any length, as they are when it is parsed as a whole, but for their positions and `spread`, and for paragraphs that are
 * too long. It is parsed a stretch at a time; one that refers to what another one defines is parsed once more, with that before it.
 */
export function parseStretches(
  markdown: string,
  {
    parse = parseWhole,
    stretchCharacters = STRETCH_CHARACTERS,
    paragraphCharactersMax = PARAGRAPH_CHARACTERS_MAX,
  } = {},
): RootContent[] {
  const stretches = cutMarkdown(markdown, { parse, stretchCharacters, paragraphCharactersMax });
  if (stretches.length > 1) resolveReferences(stretches, parse);
  const blocks: RootContent[] = [];
  for (const { nodes, joint } of stretches) joinBlocks(blocks, nodes, joint);
  return blocks;
}

const label = /\[((?:[^[\]\\]|\\[^]){1,1000})\]/g;

function resolveReferences(stretches: readonly MarkdownStretch[], parse: (piece: string) => RootContent[]): void {
  const definedIn = stretches.map(({ nodes }) => new Set(nodes.flatMap(definitionsOf)));
  const defined = new Set(definedIn.flatMap((labels) => [...labels]));
  if (defined.size === 0) return;
  stretches.forEach((stretch, index) => {
    const labels = new Set(Array.from(stretch.source.matchAll(label), ([, text = '']) => normalized(text)));
    const missing = [...labels].filter((text) => defined.has(text) && definedIn[index]?.has(text) !== true);
    if (missing.length === 0) return;
    // Behind a note, what is indented would belong to it: a definition of nothing stands between.
    const definitions = [...missing, 'no label of this text'].map((text) => `[${text}]: x\n\n`).join('');
    stretch.nodes = parse(definitions + stretch.source).slice(missing.length + 1);
  });
}

/** Those of footnotes begin with `^`. */
function definitionsOf(node: Nodes): string[] {
  const inner = 'children' in node ? node.children.flatMap(definitionsOf) : [];
  if (node.type === 'definition') return [normalized(node.identifier)];
  return node.type === 'footnoteDefinition' ? [normalized(`^${node.identifier}`), ...inner] : inner;
}

function normalized(text: string): string {
  return text
    .replace(/[\t\n\r ]+/g, ' ')
    .replace(/^ | $/g, '')
    .toLowerCase()
    .toUpperCase();
}
