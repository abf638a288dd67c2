import type { Damage } from './damage.ts';
import { openDocCharsets } from './doc-charsets.ts';
import { createDocFields, findUnendedFields } from './doc-fields.ts';
import type { DocFile } from './doc-file.ts';
import type { DocPictures } from './doc-pictures.ts';
import { type DocPiece, piecesIn, readPieces } from './doc-pieces.ts';
import { type DocRun, findRuns } from './doc-runs.ts';
import { readSprms, sprm } from './doc-sprms.ts';
import { lookXml } from './doc-styles.ts';
import { escapeXml } from './escape-xml.ts';

export interface DocParagraph {
  /** Its runs, as a document of today tells them. */
  runs: string;
  style: number;
  list: { number: number | undefined; level: number | undefined };
  isInTable: boolean;
  /** It ends a cell of a table. */
  endsCell: boolean;
  /** It ends a row and holds nothing. */
  endsRow: boolean;
}

export interface DocText {
  /** The paragraphs in a stretch of the text; at each place of a note or comment stands what refers to it. */
  paragraphs(start: number, end: number, references?: ReadonlyMap<number, string>): DocParagraph[];
}

/** How a run of characters is read. */
interface Look {
  xml: string;
  isShown: boolean;
  symbol: string;
  /** Where the picture stands that a character stands for. */
  picture: number | undefined;
}

function showsPicture(sign: string, look: Look): look is Look & { picture: number } {
  return sign === PICTURE && look.picture !== undefined;
}

const CELL_END = '\x07';
const FIELD_MARKS = '\x13\x14\x15';
const fieldMark = new RegExp(`[${FIELD_MARKS}]`, 'g');
const PAGE_BREAK = '\x0c';
const PICTURE = '\x01';
/** Characters in a row that mean nothing but themselves, or one that does. */
const pieceOfText = /\P{Cc}+|\p{Cc}/gu;
const FIRST_LETTER = 0x20;
const breaks = new Map([
  ['\t', '<w:tab/>'],
  ['\v', '<w:br/>'],
  [PAGE_BREAK, '<w:br/>'],
  ['\x0e', '<w:br/>'],
  ['\x1e', '<w:t>\u2011</w:t>'],
]);

/** @throws Error where the pieces hold more than the file. */
export function openDocText(doc: DocFile, pictures: Pick<DocPictures, 'inline'>, damage: Damage): DocText {
  const pieces = readPieces(doc, damage);
  if (pieces.reduce((sum, { start, end }) => sum + Math.max(0, end - start), 0) > doc.main.byteLength) {
    throw new Error('The pieces of the document hold more than it does.');
  }
  const paragraphRunAt = findRuns(doc, doc.pagesOf('paragraphs'), 'paragraphs');
  const characterRunAt = findRuns(doc, doc.pagesOf('characters'), 'characters');
  const charsetOf = openDocCharsets(doc);
  const lookOf = createLooks();
  return {
    paragraphs(start, end, references = new Map()) {
      const found: DocParagraph[] = [];
      const fields = createDocFields();
      const unended = findUnendedFields(fieldMarksIn(doc.main, piecesIn(pieces, start, end), start, end));
      const places = [...references.keys()].toSorted((one, other) => one - other);
      let next = 0;
      let runs = '';
      const endAt = (offset: number, piece: DocPiece, mark: string) => {
        found.push(toParagraph(runs, paragraphRunAt(offset), piece, mark));
        runs = '';
      };
      const take = (sign: string, offset: number, piece: DocPiece, look: Look) => {
        const endsPage = sign === PAGE_BREAK && paragraphRunAt(offset)?.end === offset + piece.bytesPerCharacter;
        if (sign === '\r' || sign === CELL_END || endsPage) endAt(offset, piece, sign);
        else if (FIELD_MARKS.includes(sign)) runs += unended.has(offset) ? '' : fields.take(sign, look.isShown);
        else if (fields.isInstruction()) fields.addInstruction(sign);
        else if (look.isShown && fields.isShown())
          runs += showsPicture(sign, look) ? pictures.inline(look.picture) : runXml(sign, look);
      };
      for (const piece of piecesIn(pieces, start, end)) {
        let at = Math.max(start, piece.start);
        while (at < Math.min(end, piece.end)) {
          const offset = piece.offset + (at - piece.start) * piece.bytesPerCharacter;
          const run = characterRunAt(offset);
          const runEnd = run === undefined ? piece.end : at + Math.ceil((run.end - offset) / piece.bytesPerCharacter);
          while ((places[next] ?? end) < at) next += 1;
          const place = places[next] ?? end;
          const to = Math.max(at + 1, Math.min(end, piece.end, runEnd, place));
          const look = lookOf(run, piece);
          runs += references.get(at) ?? '';
          const charset = () => charsetOf(run?.sprms ?? Buffer.alloc(0), paragraphRunAt(offset)?.style ?? 0);
          for (const { sign, place } of listSigns(doc.main, offset, to - at, piece, charset))
            take(sign, place, piece, look);
          at = to;
        }
      }
      if (runs !== '') found.push(toParagraph(runs, undefined, undefined, '\r'));
      return found;
    },
  };
}

/** What runs look like, worked out once for each. */
function createLooks(): (run: DocRun | undefined, piece: DocPiece) => Look {
  const looks = new Map<Buffer | undefined, Look>();
  return (run, piece) => {
    const known = piece.sprms.byteLength === 0 ? looks.get(run?.sprms) : undefined;
    const look = known ?? readLook(Buffer.concat([run?.sprms ?? Buffer.alloc(0), piece.sprms]));
    if (piece.sprms.byteLength === 0) looks.set(run?.sprms, look);
    return look;
  };
}

function fieldMarksIn(main: Buffer, pieces: Iterable<DocPiece>, start: number, end: number) {
  return [...pieces].flatMap((piece) => {
    const from = Math.max(start, piece.start);
    const offset = piece.offset + (from - piece.start) * piece.bytesPerCharacter;
    const bytes = bytesAt(main, offset, Math.max(0, Math.min(end, piece.end) - from), piece);
    const text = bytes.toString(piece.bytesPerCharacter === 2 ? 'utf16le' : 'latin1');
    return [...text.matchAll(fieldMark)].map(({ 0: sign, index }) => ({
      sign,
      place: offset + index * piece.bytesPerCharacter,
    }));
  });
}

function bytesAt(main: Buffer, offset: number, count: number, { bytesPerCharacter }: DocPiece): Buffer {
  return main.subarray(offset, offset + count * bytesPerCharacter);
}

/** The text of a stretch in pieces of letters, and of one mark each, with where they stand. */
function* listSigns(main: Buffer, offset: number, count: number, piece: DocPiece, charset: () => string) {
  const bytes = bytesAt(main, offset, count, piece);
  if (piece.bytesPerCharacter === 2) {
    for (const { 0: sign, index } of bytes.toString('utf16le').matchAll(pieceOfText)) {
      yield { sign, place: offset + index * 2 };
    }
    return;
  }
  const decoder = new TextDecoder(charset());
  // No letter of more bytes than one has any below the blank.
  for (let at = 0, from = 0; at < bytes.byteLength; from = at) {
    at += 1;
    while (at < bytes.byteLength && (bytes[from] ?? 0) >= FIRST_LETTER && (bytes[at] ?? 0) >= FIRST_LETTER) at += 1;
    yield { sign: decoder.decode(bytes.subarray(from, at)), place: offset + from };
  }
}

function runXml(sign: string, { xml, symbol }: Look): string {
  if (symbol !== '') return `<w:r>${symbol.repeat(sign.length)}</w:r>`;
  const isMark = sign.length === 1 && sign < ' ';
  const content = isMark ? (breaks.get(sign) ?? '') : `<w:t xml:space="preserve">${escapeXml(sign)}</w:t>`;
  return content === '' ? '' : `<w:r><w:rPr>${xml}</w:rPr>${content}</w:r>`;
}

function readLook(sprms: Buffer): Look {
  let isDeleted = false;
  let isHidden = false;
  let symbol = '';
  let picture: number | undefined;
  let isFormData = false;
  for (const { code, value } of readSprms(sprms)) {
    if (code === sprm.deleted) isDeleted = (value.readUInt8(0) & 1) === 1;
    else if (code === sprm.hidden) isHidden = (value.readUInt8(0) & 1) === 1;
    else if (code === sprm.picture) picture = value.readUInt32LE(0);
    else if (code === sprm.formData) isFormData = (value.readUInt8(0) & 1) === 1;
    else if (code === sprm.symbol) {
      symbol = `<w:sym w:font="Symbol" w:char="${value.readUInt16LE(2).toString(16).toUpperCase().padStart(4, '0')}"/>`;
    }
  }
  return { xml: lookXml(sprms), isShown: !isDeleted && !isHidden, symbol, picture: isFormData ? undefined : picture };
}

function toParagraph(runs: string, run: DocRun | undefined, piece: DocPiece | undefined, mark: string): DocParagraph {
  const paragraph: DocParagraph = {
    runs,
    style: run?.style ?? 0,
    list: { number: undefined, level: undefined },
    isInTable: false,
    endsCell: mark === CELL_END,
    endsRow: false,
  };
  const sprms = Buffer.concat([run?.sprms ?? Buffer.alloc(0), piece?.sprms ?? Buffer.alloc(0)]);
  for (const { code, value } of readSprms(sprms)) {
    if (code === sprm.inTable) paragraph.isInTable = value.readUInt8(0) !== 0;
    else if (code === sprm.tableDepth) paragraph.isInTable = value.readUInt32LE(0) > 0;
    else if (code === sprm.rowEnd) paragraph.endsRow = value.readUInt8(0) !== 0;
    else if (code === sprm.style) paragraph.style = value.readUInt16LE(0);
    else if (code === sprm.listNumber) paragraph.list.number = value.readUInt16LE(0);
    else if (code === sprm.listLevel) paragraph.list.level = value.readUInt8(0);
  }
  return paragraph;
}
