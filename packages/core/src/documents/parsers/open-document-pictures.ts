import { posix } from 'node:path';
import { mathText } from './math-text.ts';
import { isLegibleKind, type OfficePictures, type ShownSize } from './office-pictures.ts';
import { asParagraphs } from './xml-paragraphs.ts';
import { attributeOf, childElements, descendants, nameOf, readXmlPart, textOf, type XmlElement } from './xml-tree.ts';
import type { ZipArchive } from './zip-archive.ts';

/**
 * Puts what pictures say into their frames, as if it were written in a text box there: what was written about a picture, and its
 * own text.
 */
export async function insertPictureTexts(content: XmlElement, pictures: OfficePictures): Promise<void> {
  for (const frame of descendants(content, 'frame')) {
    const path = picturePath(frame);
    const texts = [describe(frame), ...(path === undefined ? [] : await pictures.read(path, shownSize(frame)))];
    const box = asParagraphs(
      'draw:text-box',
      'text:p',
      texts.filter((text) => text !== ''),
    );
    const rest = frame.children.filter((child) => !['image', 'title', 'desc'].includes(nameOf(child)));
    frame.children = box === undefined ? rest : [...rest, box];
  }
}

/** Puts formulas, each of which is a document of its own, into the text they stand in. */
export function insertFormulas(content: XmlElement, archive: ZipArchive, fileName: string): void {
  for (const object of descendants(content, 'object')) {
    const folder = posix.normalize(attributeOf(object, 'href') ?? '').replace(/\/$/, '');
    const formula = readXmlPart(archive, `${folder}/content.xml`, fileName);
    if (formula === undefined || nameOf(formula) !== 'math') continue;
    const text = asParagraphs('text:span', 'text:span', [mathText(formula)]);
    if (text !== undefined) object.children = [text];
  }
}

/** What its author wrote about it, unless it is only a name. */
function describe(frame: XmlElement): string {
  const [text] = ['desc', 'title'].map((name) => textOf(childElements(frame, name)[0]).trim()).filter(Boolean);
  return text?.includes(' ') === true ? `Picture: ${text}` : '';
}

/** A picture may be there in several formats. What stands in for a chart or a formula where it cannot be shown is none. */
function picturePath(frame: XmlElement): string | undefined {
  const paths = childElements(frame, 'image')
    .map((image) => posix.normalize(attributeOf(image, 'href') ?? ''))
    .filter((path) => !path.startsWith('ObjectReplacements/'));
  return paths.find(isLegibleKind) ?? paths[0];
}

const emuPerUnit: Readonly<Record<string, number>> = {
  cm: 360_000,
  mm: 36_000,
  in: 914_400,
  pt: 12_700,
  pc: 152_400,
  px: 9_525,
};

function shownSize(frame: XmlElement): ShownSize | undefined {
  const [width, height] = ['width', 'height'].map((name) => {
    const [, value, unit = ''] = /^(\d{1,9}(?:\.\d{1,9})?)([a-z]{2})$/.exec(attributeOf(frame, name) ?? '') ?? [];
    return Number(value) * (emuPerUnit[unit] ?? Number.NaN);
  });
  return { width: width ?? Number.NaN, height: height ?? Number.NaN };
}
