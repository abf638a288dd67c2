import { type ArtMedia, createArtMedia } from './art-media.ts';
import type { Damage } from './damage.ts';
import { type DocFile, docTables, readPositions } from './doc-file.ts';
import {
  type ArtPicture,
  artTypes,
  listArtShapes,
  openArtPictures,
  pictureOfShape,
  readArtPicture,
} from './office-art.ts';
import { EMU_PER_TWIP } from './office-pictures.ts';
import { firstChild, pptRecordAt, readPptRecords } from './ppt-records.ts';

/** The pictures of a document, each as a run of a document of today shows it: '' where there is none. */
export interface DocPictures {
  /** One that stands in the text as a character, by its place in the stream of data. */
  inline: (place: number) => string;
  /** Those that lie on the page, by the place in the body that they hang on. */
  floating: [number, string][];
  files: ArtMedia['files'];
  /** What a run that shows a picture refers to it by. */
  idOf: (path: string) => string;
}

const PLACE_BYTES = 26;
/** Where in the head of a picture its size is told, and in thousandths how much of that is shown. */
const SIZE_AT = 28;
const HEAD_BYTES_MIN = 36;
const NAMED_FILE = 0x66;
/** Pictures stand one behind the other. Some of a damaged file may claim what is of others. */
const LOOKED_THROUGH_MAX = 2;

export function openDocPictures(doc: DocFile, damage: Damage): DocPictures {
  const media = createArtMedia(doc.data.byteLength + doc.main.byteLength);
  const run = (name: string, size: { width: number; height: number }, read: () => ArtPicture | undefined) => {
    const path = damage.attempt(() => media.add(name, read));
    if (path === undefined) return '';
    const extent = `<wp:extent cx="${Math.max(0, Math.round(size.width))}" cy="${Math.max(0, Math.round(size.height))}"/>`;
    return `<w:r><w:drawing>${extent}<a:blip r:embed="${idOf(path)}"/></w:drawing></w:r>`;
  };
  const inlineAt = openInline(doc.data);
  return {
    inline(place) {
      const found = damage.attempt(() => inlineAt(place));
      return found === undefined ? '' : run(`text${place}`, found.size, () => found.picture);
    },
    floating: damage.attempt(() => listFloating(doc, run)) ?? [],
    files: media.files,
    idOf,
  };
}

function idOf(path: string): string {
  return path.replaceAll(/\W/g, '_');
}

interface InlinePicture {
  size: { width: number; height: number };
  picture: ArtPicture | undefined;
}

/** Finds the pictures in a stream of them by their places, each once. */
function openInline(data: Buffer): (place: number) => InlinePicture | undefined {
  const found = new Map<number, InlinePicture>();
  let bytesLeft = LOOKED_THROUGH_MAX * data.byteLength;
  return (place) => {
    if (place + HEAD_BYTES_MIN > data.byteLength) return undefined;
    const known = found.get(place);
    if (known !== undefined) return known;
    const bytes = data.subarray(place, place + data.readUInt32LE(place));
    bytesLeft -= bytes.byteLength;
    if (bytesLeft < 0) throw new Error('The pictures of the document are longer than it is.');
    const picture = readInline(bytes);
    found.set(place, picture);
    return picture;
  };
}

function readInline(picture: Buffer): InlinePicture {
  const isNamed = picture.readUInt16LE(6) === NAMED_FILE;
  const headBytes = picture.readUInt16LE(4);
  const start = headBytes + (isNamed ? 1 + picture.readUInt8(headBytes) : 0);
  const [width = 0, height = 0, wide = 0, high = 0] = Array.from({ length: 4 }, (_, index) =>
    picture.readUInt16LE(SIZE_AT + index * 2),
  );
  const size = { width: (width * wide * EMU_PER_TWIP) / 1000, height: (height * high * EMU_PER_TWIP) / 1000 };
  // The shape comes first, then its picture.
  const found = [...readPptRecords(picture.subarray(start))].map((record) => readArtPicture(record));
  return { size, picture: found.find((each) => each !== undefined) };
}

type Run = (name: string, size: { width: number; height: number }, read: () => ArtPicture | undefined) => string;

/** The list of pictures stands first in the table of drawings, then for body and headers what is drawn on them. */
function listFloating(doc: DocFile, run: Run): [number, string][] {
  const drawings = doc.tableAt(docTables.drawings).content;
  const [shared] = readPptRecords(drawings);
  if (shared === undefined) return [];
  const later = (place: number) => (place + 8 > doc.main.byteLength ? undefined : pptRecordAt(doc.main, place));
  const pictureOf = openArtPictures(firstChild(shared, artTypes.pictures), later);
  const numbers = numbersByShape(drawings.subarray(8 + shared.content.byteLength));
  return readPositions(doc.tableAt(docTables.shapePlaces).content, PLACE_BYTES)
    .slice(0, -1)
    .flatMap(({ position, data }): [number, string][] => {
      const number = numbers.get(data.readUInt32LE(0)) ?? 0;
      if (number === 0) return [];
      const [left = 0, top = 0, right = 0, bottom = 0] = Array.from({ length: 4 }, (_, at) =>
        data.readInt32LE(4 + at * 4),
      );
      const size = { width: (right - left) * EMU_PER_TWIP, height: (bottom - top) * EMU_PER_TWIP };
      const xml = run(`page${number}`, size, () => pictureOf(number));
      return xml === '' ? [] : [[position, xml]];
    });
}

/** The numbers of the pictures that shapes are, by the number of the shape. */
function numbersByShape(drawings: Buffer): Map<number, number> {
  const numbers = new Map<number, number>();
  // A byte before each tells what it is drawn on.
  for (let at = 1; at + 8 <= drawings.byteLength; ) {
    const drawing = pptRecordAt(drawings, at);
    if (drawing.type !== artTypes.drawing) break;
    for (const shape of listArtShapes(drawing)) {
      const id = firstChild(shape, artTypes.shapeKind)?.content.readUInt32LE(0);
      if (id !== undefined) numbers.set(id, pictureOfShape(shape));
    }
    at += 8 + drawing.content.byteLength + 1;
  }
  return numbers;
}
