import type { PageBox } from '../parsed-document.ts';
import { shownAddress, withAddress } from './link-address.ts';
import type { PageLink } from './pdf-annotations.ts';
import type { PdfBlock } from './pdf-blocks.ts';

/** More links than this on one page are an index or a directory. */
const LINKS_MAX = 200;

/**
 * Puts the addresses of a page's links behind their words, where those stand in a block of prose. Returns what is told of the others:
 * those in tables, and those whose words the file draws in another way.
 */
export function addLinkAddresses(blocks: readonly PdfBlock[], links: readonly PageLink[]): string[] {
  const asides = new Set<string>();
  const cursors = new Map<PdfBlock, number>();
  const sorted = links.slice(0, LINKS_MAX).toSorted(inReadingOrder);
  for (const [index, link] of sorted.entries()) {
    // Words that run over two lines are two links.
    if (sorted[index + 1]?.address === link.address && isNear(link, sorted[index + 1])) continue;
    const words = link.text.replace(/^[\s("'“]+|[\s.,;:!?)"'”]+$/g, '');
    const address = shownAddress(words, link.address);
    if (address === undefined) continue;
    const block = blocks.find((one) => one.table === undefined && one.boxes.some((box) => overlaps(box, link.box)));
    const from = block === undefined ? -1 : block.text.indexOf(words, cursors.get(block) ?? 0);
    if (block === undefined || from < 0) asides.add(`Link: ${withAddress(words, link.address)}`);
    else if (block.kind !== 'heading') {
      const end = endOfWord(block.text, from + words.length);
      block.text = `${block.text.slice(0, end)} (${address})${block.text.slice(end)}`;
      cursors.set(block, end + address.length + 3);
    }
  }
  return [...asides];
}

/** What a link lies on may be told a letter short. */
function endOfWord(text: string, from: number): number {
  const rest = /[\p{L}\p{N}]*/uy;
  rest.lastIndex = from;
  return from + (rest.exec(text)?.[0].length ?? 0);
}

function inReadingOrder({ box: one }: PageLink, { box: other }: PageLink): number {
  const isSameLine = one.y < other.y + other.height / 2 && other.y < one.y + one.height / 2;
  return isSameLine ? one.x - other.x : one.y - other.y;
}

/** Whether a link may go on in the next line, or behind a gap in its own. */
function isNear({ box }: PageLink, next: PageLink | undefined): boolean {
  return next !== undefined && next.box.y - box.y < 2 * Math.max(box.height, next.box.height);
}

function overlaps(one: PageBox, other: PageBox): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
