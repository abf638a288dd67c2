import { posix } from 'node:path';
import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { decodeText } from './decode-text.ts';
import { addHtmlBlocks } from './html-blocks.ts';
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

/** Reads the chapters of an e-book in its reading order. A chapter without a heading is named by the table of contents. */
export function parseEpub(input: ParserInput): ParsedDocument {
  const { fileName } = input;
  const archive = openZip(input);
  const packagePath = locatePackage(archive, fileName);
  const book = readXmlPart(archive, packagePath, fileName);
  if (book === undefined) throw unreadable(fileName, 'corrupt');
  const chapters = listChapters(book, packagePath);
  refuseLocked(archive, fileName, chapters);
  const labels = readContents(archive, book, packagePath);
  const canonical = createCanonicalText({ fileName, charactersMax: input.limits.charactersMax });
  let missing = 0;
  for (const path of chapters) {
    const html = decodeText(archive.read(path) ?? new Uint8Array());
    if (html === undefined || html === '') {
      missing += 1;
      continue;
    }
    const label = labels.get(path);
    if (label !== undefined && !/<h[1-6][\s>]/i.test(html)) canonical.add({ kind: 'heading', level: 1, text: label });
    addHtmlBlocks(canonical, html, 'xhtml');
  }
  return {
    ...canonical.finish(),
    title: textOf(firstDescendant(book, 'title')).trim() || null,
    mediaType: 'application/epub+zip',
    pageCount: null,
    warnings: missing === 0 ? [] : [`Chapters that the book names but does not hold: ${missing}.`],
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
