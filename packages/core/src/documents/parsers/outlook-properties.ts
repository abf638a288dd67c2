import { codePageOfLocale } from './code-page-of-locale.ts';
import { charsetOfCodePage } from './code-pages.ts';
import type { CompoundFile } from './compound-file.ts';
import { decodeText } from './decode-text.ts';

/** What Outlook keeps of a message, of someone it went to, or of an attachment ([MS-OXMSG]), by the numbers of [MS-OXPROPS]. */
export interface OutlookProperties {
  /** The charset of texts that are not Unicode. Undefined: it is guessed. */
  charset: string | undefined;
  charsetOfHtml: string | undefined;
  text: (id: number) => string | undefined;
  bytes: (id: number) => Uint8Array<ArrayBuffer> | undefined;
  number: (id: number) => number | undefined;
  /** In ISO 8601. */
  date: (id: number) => string | undefined;
}

const ENTRY_BYTES = 16;
const CODE_PAGE_OF_MESSAGE = 0x3ffd;
const CODE_PAGE_OF_INTERNET = 0x3fde;
const LOCALE = 0x3ff1;
/** A message is sent in one of these, or in one that Windows has no texts in. */
const windowsCodePages = new Set([874, 932, 936, 949, 950, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258]);
/** From 1601 to 1970. */
const UNIX_EPOCH_MS = 11_644_473_600_000;
const TICKS_PER_MS = 10_000n;

/**
 * Reads properties where they are asked for.
 * @param folder empty, or ending with a slash.
 * @param charset of the message that the folder is part of.
 */
export function readOutlookProperties(file: CompoundFile, folder: string, charset?: string): OutlookProperties {
  const fixed = readFixed(file, folder);
  const stream = (id: number, type: string) => {
    return file.read(`${folder}__substg1.0_${id.toString(16).padStart(4, '0')}${type}`);
  };
  const number = (id: number) => fixed.get(id)?.getUint32(0, true);
  const ownCharset = charsetOfTexts(number) ?? charset;
  const pageOfHtml = number(CODE_PAGE_OF_INTERNET);
  return {
    charset: ownCharset,
    charsetOfHtml: pageOfHtml === undefined ? ownCharset : charsetOfCodePage(pageOfHtml),
    text: (id) => {
      const unicode = stream(id, '001f');
      if (unicode !== undefined) return withoutEnd(Buffer.from(unicode).toString('utf16le'));
      const bytes = stream(id, '001e');
      if (bytes === undefined) return undefined;
      const end = bytes.indexOf(0);
      return decodeText(end < 0 ? bytes : bytes.subarray(0, end), ownCharset);
    },
    bytes: (id) => stream(id, '0102'),
    number,
    date: (id) => {
      const ticks = fixed.get(id)?.getBigUint64(0, true);
      return ticks === undefined || ticks === 0n ? undefined : toDate(ticks);
    },
  };
}

/** Few writers say it, so that the writer's language, and then what the message was sent in, stand in for it. */
function charsetOfTexts(number: (id: number) => number | undefined): string | undefined {
  const sent = number(CODE_PAGE_OF_INTERNET);
  const codePage =
    number(CODE_PAGE_OF_MESSAGE) ??
    codePageOfLocale(number(LOCALE) ?? 0) ??
    (sent !== undefined && windowsCodePages.has(sent) ? sent : undefined);
  return codePage === undefined ? undefined : charsetOfCodePage(codePage);
}

/**
 * Values of eight bytes and less, by their numbers. A header of 8, 24 or 32 bytes comes before them, by what they are of;
 * it counts attachments, and reads as values with the number 0, which no property has.
 */
function readFixed(file: CompoundFile, folder: string): Map<number, DataView> {
  const bytes = file.read(`${folder}__properties_version1.0`) ?? new Uint8Array();
  const values = new Map<number, DataView>();
  for (let at = bytes.byteLength % ENTRY_BYTES; at + ENTRY_BYTES <= bytes.byteLength; at += ENTRY_BYTES) {
    const entry = new DataView(bytes.buffer, bytes.byteOffset + at, ENTRY_BYTES);
    values.set(entry.getUint16(2, true), new DataView(bytes.buffer, bytes.byteOffset + at + 8, 8));
  }
  return values;
}

export function toDate(ticks: bigint): string | undefined {
  const date = new Date(Number(ticks / TICKS_PER_MS) - UNIX_EPOCH_MS);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Strings end with their first zero. */
export function withoutEnd(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
