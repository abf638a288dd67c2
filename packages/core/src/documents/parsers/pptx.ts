import { type CanonicalText, createCanonicalText } from '../canonical-text.ts';
import type { ParsedFile } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { addTable } from './add-rows.ts';
import { type OfficeEmbeddedFiles, openOfficeEmbeddedFiles } from './office-embedded-files.ts';
import { findMainPart } from './office-main-part.ts';
import { readCoreTitle } from './office-package.ts';
import { type OfficePictures, openOfficePictures } from './office-pictures.ts';
import type { ParserInput } from './parser-input.ts';
import { readChart } from './pptx-chart.ts';
import { readSlideComments } from './pptx-comments.ts';
import { listSlideParts, paragraphText, type SlidePart } from './pptx-shapes.ts';
import { type Relationship, readRelationships } from './relationships.ts';
import { attributeOf, descendants, nameOf, readXmlPart } from './xml-tree.ts';
import { openZip, type ZipArchive } from './zip-archive.ts';

const PPTX_MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';

interface Slide {
  archive: ZipArchive;
  fileName: string;
  canonical: CanonicalText;
  pictures: OfficePictures;
  embedded: OfficeEmbeddedFiles;
  number: number;
  path: string;
}

/** Reads the slides of a presentation in order, each a section and a page, with tables, charts, pictures of text and notes. */
export async function parsePptx(input: ParserInput): Promise<ParsedFile> {
  const { fileName, limits } = input;
  const archive = openZip(input);
  const paths = listSlidePaths(archive, fileName);
  if (paths.length > limits.pagesMax) throw unreadable(fileName, 'too-many-pages');
  const canonical = createCanonicalText({ fileName, charactersMax: limits.charactersMax });
  const pictures = openOfficePictures(archive, input);
  const embedded = openOfficeEmbeddedFiles(archive, input);
  for (const [index, path] of paths.entries()) {
    await addSlide({ archive, fileName, canonical, pictures, embedded, number: index + 1, path });
    input.onProgress?.({ pagesRead: index + 1, pageCount: paths.length });
  }
  return {
    ...canonical.finish(),
    title: readCoreTitle(archive, fileName),
    mediaType: PPTX_MEDIA_TYPE,
    pageCount: paths.length,
    warnings: [...pictures.warnings(), ...embedded.found],
  };
}

function listSlidePaths(archive: ZipArchive, fileName: string): string[] {
  const path = findMainPart(archive, 'pptx', fileName);
  const presentation = readXmlPart(archive, path, fileName);
  if (presentation === undefined) throw unreadable(fileName, 'corrupt');
  const relationships = readRelationships(archive, path, fileName);
  return [...descendants(presentation, 'sldId')].flatMap((slide) => {
    // Its own number is an `id` as well, without a prefix.
    const id = slide.attribs['r:id'] ?? attributeOf(slide, 'id');
    return relationships.find((relationship) => relationship.id === id && relationship.type === 'slide')?.path ?? [];
  });
}

async function addSlide(slide: Slide): Promise<void> {
  const { archive, fileName, canonical, number: page } = slide;
  const root = readXmlPart(archive, slide.path, fileName);
  if (root === undefined) return;
  const relationships = readRelationships(archive, slide.path, fileName);
  slide.embedded.add(slide.path, () => archive.read(slide.path));
  const parts = [...listSlideParts(root, (id) => relationships.find((one) => one.id === id)?.address)];
  const notes = listNotes(slide, relationships);
  const title = parts.find((part) => part.type === 'title')?.text.trim();
  const comments = readSlideComments(archive, relationships, fileName);
  const read = await readPictures(slide, relationships, parts);
  const says = (part: SlidePart) => ('text' in part ? part.text.trim() !== '' : read.get(part)?.length !== 0);
  // A slide of pictures without text says nothing.
  if (!parts.some(says) && notes.length === 0 && comments.length === 0) return;
  canonical.add({ kind: 'heading', level: 1, text: title || `Slide ${page}`, page });
  for (const part of parts) {
    if (part.type === 'text') canonical.add({ kind: part.kind, text: part.text, page });
    else if (part.type === 'table') addTable(canonical, part.rows, { page });
    else if (part.type === 'linked') addLinked(slide, relationships, part.relationshipId);
    for (const text of read.get(part) ?? []) canonical.add({ kind: 'paragraph', text, page });
  }
  for (const text of comments) canonical.add({ kind: 'paragraph', text: `Comment: ${text}`, page });
  if (notes.length > 0) canonical.add({ kind: 'heading', level: 2, text: 'Notes', page });
  for (const text of notes) canonical.add({ kind: 'paragraph', text, page });
}

/** The texts in each picture of a slide. */
async function readPictures(
  { pictures }: Slide,
  relationships: readonly Relationship[],
  parts: readonly SlidePart[],
): Promise<Map<SlidePart, string[]>> {
  const read = new Map<SlidePart, string[]>();
  for (const part of parts) {
    if (part.type !== 'picture') continue;
    const target = relationships.find((relationship) => relationship.id === part.relationshipId);
    read.set(part, target === undefined ? [] : await pictures.read(target.path, part.size));
  }
  return read;
}

function addLinked(slide: Slide, relationships: readonly Relationship[], id: string): void {
  const target = relationships.find((relationship) => relationship.id === id);
  const root = target === undefined ? undefined : readXmlPart(slide.archive, target.path, slide.fileName);
  if (root === undefined) return;
  if (nameOf(root) === 'chartSpace') {
    const { titles, rows } = readChart(root);
    for (const text of titles) slide.canonical.add({ kind: 'paragraph', text, page: slide.number });
    addTable(slide.canonical, rows, { page: slide.number });
    return;
  }
  for (const paragraph of descendants(root, 'p')) {
    slide.canonical.add({ kind: 'list-item', text: paragraphText(paragraph), page: slide.number });
  }
}

function listNotes({ archive, embedded, fileName }: Slide, relationships: readonly Relationship[]): string[] {
  const target = relationships.find(({ type }) => type === 'notesSlide');
  const root = target === undefined ? undefined : readXmlPart(archive, target.path, fileName);
  if (target === undefined || root === undefined) return [];
  embedded.add(target.path, () => archive.read(target.path));
  return [...listSlideParts(root)].flatMap((part) =>
    part.type === 'text' && part.text.trim() !== '' ? part.text : [],
  );
}
