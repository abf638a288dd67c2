import { type HtmlElement, type HtmlNode, isUnseen } from './html-node.ts';
import { EMU_PER_PIXEL, type ShownSize } from './office-pictures.ts';
import { asParagraphs } from './xml-paragraphs.ts';
import { attributeOf, descendants } from './xml-tree.ts';

type ReadPicture = (href: string | undefined, size: ShownSize | undefined) => Promise<string[]>;

/** Puts what the pictures of a chapter say in their places, as paragraphs. */
export async function insertPictureTexts(nodes: readonly HtmlNode[], read: ReadPicture): Promise<void> {
  for (const node of nodes) {
    if (!('attribs' in node)) continue;
    // A drawing of one picture is how pages are filled with it. Others are not looked into.
    if (node.name === 'svg') {
      const [image] = descendants(node, 'image');
      if (image !== undefined) turnInto(node, await read(attributeOf(image, 'href'), undefined));
    } else if (node.name === 'img') turnInto(node, await read(node.attribs['src'], shownSize(node)));
    else if (!isUnseen(node)) await insertPictureTexts(node.children, read);
  }
}

function turnInto(picture: HtmlElement, texts: readonly string[]): void {
  const box = asParagraphs('div', 'p', texts);
  if (box === undefined) return;
  picture.name = 'div';
  picture.children = box.children;
}

function shownSize({ attribs }: HtmlElement): ShownSize | undefined {
  const [width, height] = ['width', 'height'].map((name) => /^\d{1,6}$/.exec(attribs[name] ?? '')?.[0]);
  if (width === undefined || height === undefined) return undefined;
  return { width: Number(width) * EMU_PER_PIXEL, height: Number(height) * EMU_PER_PIXEL };
}
