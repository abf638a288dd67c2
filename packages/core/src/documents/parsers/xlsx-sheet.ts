import { Parser } from 'htmlparser2';
import { unreadable } from '../unreadable.ts';
import { decodeText } from './decode-text.ts';
import { withAddress } from './link-address.ts';
import { formatNumber, type NumberStyle } from './xlsx-numbers.ts';
import { withoutPrefix } from './xml-tree.ts';

/** A sheet has no more columns than this; a file that claims more is not believed. */
const COLUMNS_MAX = 16_384;

export interface SheetContext {
  fileName: string;
  sharedStrings: readonly string[];
  /** By the style number of a cell. */
  numberStyles: readonly NumberStyle[];
  startsIn1904: boolean;
  /** Of what a cell is linked to, by the number the sheet gives it. */
  addressOf?: (relationshipId: string) => string | undefined;
}

/**
 * The cells of a sheet as shown, row by row; an empty row stands for any number of rows left out between two. Reads the
 * XML as a stream, because as a tree a large sheet takes thirty times its size.
 */
export function readSheetRows(bytes: Uint8Array, context: SheetContext): string[][] {
  const rows: string[][] = [];
  const indexOfRow = new Map<number, number>();
  let row: string[] = [];
  let cell = { column: 0, type: 'n', style: 0 };
  let formula = '';
  let value: string | undefined;
  let rowNumber = 0;
  streamXml(bytes, context.fileName, {
    open(name, attributes) {
      if (name === 'row') {
        const number = Number(attributes['r'] ?? rowNumber + 1);
        if (number > rowNumber + 1 && rows.length > 0) rows.push([]);
        rowNumber = number;
        indexOfRow.set(number, rows.length);
        row = [];
      } else if (name === 'c') {
        const column = columnOf(attributes['r']) ?? row.length;
        cell = { column, type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0) };
        value = undefined;
        formula = '';
      } else if (name === 'hyperlink') {
        const target = rows[indexOfRow.get(rowOf(attributes['ref'])) ?? -1];
        if (target !== undefined) linkCell(target, attributes, context);
      } else if (name === 'v' || name === 't') value ??= '';
    },
    text(data, parent) {
      // Phonetic readings (rPh) repeat the text in another script, so runs are taken from outside of them alone.
      if (parent === 'v' || parent === 't') value = (value ?? '') + data;
      else if (parent === 'f') formula += data;
    },
    close(name) {
      // Programs that do not calculate leave out what a formula comes to; the formula is then all there is to read.
      if (name === 'c' && formula !== '' && (value ?? '') === '' && cell.type === 'n')
        [cell.type, value] = ['f', `=${formula}`];
      if (name === 'c' && value !== undefined && cell.column < COLUMNS_MAX) {
        while (row.length < cell.column) row.push('');
        row[cell.column] = withAddress(showCell(value, cell.type, cell.style, context), addressInFormula(formula));
      } else if (name === 'row') rows.push(row);
    },
  });
  return rows;
}

/** Links of cells come after all rows of the sheet. One of a range is shown where the range begins. */
function linkCell(row: string[], attributes: Record<string, string>, { addressOf }: SheetContext): void {
  const column = columnOf(attributes['ref']) ?? 0;
  const id = Object.entries(attributes).find(([name]) => withoutPrefix(name) === 'id')?.[1] ?? '';
  const text = row[column];
  if (text !== undefined) row[column] = withAddress(text, addressOf?.(id));
}

/** Where a cell leads whose formula is a link, unless the address is put together from other cells. */
function addressInFormula(formula: string): string | undefined {
  return /^\s*(?:_xlfn\.)?HYPERLINK\(\s*"([^"]+)"\s*[,;)]/i.exec(formula)?.[1];
}

/** `C7` is in row 7. */
function rowOf(reference: string | undefined): number {
  return Number(/\d+/.exec(reference ?? '')?.[0] ?? 0);
}

/** The texts that cells refer to by number. */
export function readSharedStrings(bytes: Uint8Array, fileName: string): string[] {
  const strings: string[] = [];
  let text = '';
  streamXml(bytes, fileName, {
    open: (name) => {
      if (name === 'si') text = '';
    },
    text: (data, parent) => {
      if (parent === 't') text += data;
    },
    close: (name) => {
      if (name === 'si') strings.push(text);
    },
  });
  return strings;
}

interface XmlEvents {
  open(name: string, attributes: Record<string, string>): void;
  text(data: string, parent: string | undefined): void;
  close(name: string): void;
}

/** Events of the XML outside of phonetic readings, names without prefixes. @throws AppError `corrupt` for a DOCTYPE. */
function streamXml(bytes: Uint8Array, fileName: string, events: XmlEvents): void {
  const open: string[] = [];
  let phonetic = 0;
  const parser = new Parser(
    {
      onopentag(fullName, attributes) {
        const name = withoutPrefix(fullName);
        open.push(name);
        if (name === 'rPh') phonetic += 1;
        if (phonetic === 0) events.open(name, attributes);
      },
      ontext(data) {
        if (phonetic === 0) events.text(data, open.at(-1));
      },
      onclosetag(fullName) {
        open.pop();
        const name = withoutPrefix(fullName);
        if (phonetic === 0) events.close(name);
        if (name === 'rPh') phonetic -= 1;
      },
      onprocessinginstruction(name) {
        if (/^!doctype/i.test(name)) throw unreadable(fileName, 'corrupt');
      },
    },
    { xmlMode: true },
  );
  parser.end(decodeText(bytes) ?? '');
}

/** `C7` is column 2. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function showCell(value: string, type: string, style: number, context: SheetContext): string {
  if (type === 's') return context.sharedStrings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n') return value;
  return formatNumber(value, context.numberStyles[style] ?? 'plain', context.startsIn1904);
}
