import { posix } from 'node:path';
import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { decodeText } from './decode-text.ts';
import { insertPictureTexts } from './epub-pictures.ts';
import { addHtmlNodes, parseHtmlNodes } from './html-blocks.ts';
import { openOfficePictures, type ShownSize } from './office-pictures.ts';
import type { ParserInput } from './parser-input.ts';
import {
  attributeOf,
  childElements,
  descendants,
  firstDescendant,
  parseMarkup,
  readXmlPart,
  textOf,
  type XmlElement,
} from './xml-tree.ts';
import { openZip, type ZipArchive } from './zip-archive.ts';

/** Reads the chapters of an e-book in its reading order, with what its pictures say. A chapter without a heading is named by the table of contents. */
export async function parseEpub(input: ParserInput): Promise<ParsedDocument> {
  const { fileName } = input;
  const archive = openZip(input);
  const packagePath = locatePackage(archive, fileName);
  const book = readXmlPart(archive, packagePath, fileName);
  if (book === undefined) throw unreadable(fileName, 'corrupt');
  const chapters = listChapters(book, packagePath);
  refuseLocked(archive, fileName, chapters);
  const labels = readContents(archive, book, packagePath);
  const canonical = createCanonicalText({ fileName, charactersMax: input.limits.charactersMax });
  const pictures = openOfficePictures(archive, input);
  const cover = coverPath(book, packagePath);
  const readPicture = (chapter: string) => (href: string | undefined, size: ShownSize | undefined) => {
    const path = resolve(chapter, href);
    return path === cover ? Promise.resolve([]) : pictures.read(path, size);
  };
  let missing = 0;
  for (const path of chapters) {
    const html = decodeText(archive.read(path) ?? new Uint8Array());
    if (html === undefined || html === '') {
      missing += 1;
      continue;
    }
    const label = labels.get(path);
    if (label !== undefined && !/<h[1-6][\s>]/i.test(html)) canonical.add({ kind: 'heading', level: 1, text: label });
    const nodes = parseHtmlNodes(html, 'xhtml');
    await insertPictureTexts(nodes, readPicture(path));
    addHtmlNodes(canonical, nodes);
  }
  return {
    ...canonical.finish(),
    title: textOf(firstDescendant(book, 'title')).trim() || null,
    mediaType: 'application/epub+zip',
    pageCount: null,
    warnings: [
      ...(missing === 0 ? [] : [`Chapters that the book names but does not hold: ${missing}.`]),
      ...pictures.warnings(),
    ],
  };
}

function locatePackage(archive: ZipArchive, fileName: string): string {
  const rootFile = firstDescendant(readXmlPart(archive, 'META-INF/container.xml', fileName), 'rootfile');
  return rootFile === undefined ? '' : (attributeOf(rootFile, 'full-path') ?? '');
}

/** Paths in the order of the spine; whatever is not a page of text, such as a picture, is left out. */
function listChapters(book: XmlElement, packagePath: string): string[] {
  const items = new Map([...descendants(book, 'item')].map((item) => [attributeOf(item, 'id') ?? '', item]));
  return [...descendants(book, 'itemref')].flatMap((reference) => {
    const item = items.get(attributeOf(reference, 'idref') ?? '');
    const isText = item !== undefined && (attributeOf(item, 'media-type') ?? '').includes('html');
    return isText && !isContents(item) ? resolve(packagePath, attributeOf(item, 'href')) : [];
  });
}

/** The picture on the front, in the way of EPUB 3 or of EPUB 2. It says what the title page says again. */
function coverPath(book: XmlElement, packagePath: string): string | undefined {
  const named = [...descendants(book, 'meta')].find((meta) => attributeOf(meta, 'name') === 'cover');
  const id = named === undefined ? undefined : attributeOf(named, 'content');
  const cover = [...descendants(book, 'item')].find(
    (item) =>
      (attributeOf(item, 'properties') ?? '').split(' ').includes('cover-image') ||
      (id !== undefined && attributeOf(item, 'id') === id),
  );
  return cover === undefined ? undefined : resolve(packagePath, attributeOf(cover, 'href'));
}

function isContents(item: XmlElement): boolean {
  return (attributeOf(item, 'properties') ?? '').split(' ').includes('nav');
}

/** A name in the archive, as a link in one of its parts spells it. */
function resolve(from: string, href = ''): string {
  const path = href.split('#')[0] ?? '';
  try {
    return posix.join(posix.dirname(from), decodeURIComponent(path));
  } catch {
    return posix.join(posix.dirname(from), path);
  }
}

/** Books under a shop's lock name their encrypted parts. Fonts are often named there too, and do not matter. */
function refuseLocked(archive: ZipArchive, fileName: string, chapters: readonly string[]): void {
  const encryption = readXmlPart(archive, 'META-INF/encryption.xml', fileName);
  for (const reference of encryption === undefined ? [] : descendants(encryption, 'CipherReference')) {
    if (chapters.includes(resolve('/', attributeOf(reference, 'URI')).replace(/^\/+/, ''))) {
      throw unreadable(fileName, 'password-protected');
    }
  }
}

/** What the table of contents (of EPUB 3, or the older NCX) calls each chapter. */
function readContents(archive: ZipArchive, book: XmlElement, packagePath: string): Map<string, string> {
  const labels = new Map<string, string>();
  for (const item of descendants(book, 'item')) {
    const isNcx = attributeOf(item, 'media-type') === 'application/x-dtbncx+xml';
    if (!isNcx && !isContents(item)) continue;
    const path = resolve(packagePath, attributeOf(item, 'href'));
    const bytes = archive.read(path);
    const root = bytes === undefined ? undefined : parseMarkup(bytes);
    if (root === undefined) continue;
    for (const entry of descendants(root, isNcx ? 'navPoint' : 'a')) {
      const target = isNcx
        ? attributeOf(childElements(entry, 'content')[0] ?? entry, 'src')
        : attributeOf(entry, 'href');
      const label = textOf(isNcx ? childElements(entry, 'navLabel')[0] : entry)
        .replace(/\s+/g, ' ')
        .trim();
      const chapter = resolve(path, target);
      if (label !== '' && !labels.has(chapter)) labels.set(chapter, label);
    }
  }
  return labels;
}
