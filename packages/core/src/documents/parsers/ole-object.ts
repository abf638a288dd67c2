import { AppError } from '../../app-error.ts';
import type { UnreadFile } from '../parsed-document.ts';
import type { CompoundFile } from './compound-file.ts';
import { embeddedFile } from './embedded-file.ts';
import { isOverBudget } from './read-budget.ts';

/** What programs embed that is no file to anybody: equations, charts, clip art and pictures that nothing opens any more. */
const noFiles = /^(?:Equation|MathType|MSGraph|Excel\.Chart|MS_ClipArt|MSWordArt|Static|Forms\.)/i;

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^(?:Excel\.|Worksheet$)/i, 'Excel worksheet'],
  [/^(?:Word\.|Document$)/i, 'Word document'],
  [/^(?:PowerPoint\.|Presentation$)/i, 'PowerPoint presentation'],
  [/^Acro/i, 'PDF document'],
  [/^(?:Outlook\.|MailMsgAtt)/i, 'Outlook message'],
  [/^Visio\./i, 'Visio drawing'],
  [/^Package/i, 'File'],
];

/** An object of OLE ([MS-OLEDS]): what programs put into a document of another. */
export interface OleObject {
  /** What the program that made it calls this kind, such as `Excel.Sheet.8`; '' where nothing says. */
  progId: string;
  /** The name of the file that it was. */
  fileName?: string | undefined;
  /** The kind in words, as the program that made it said them. */
  kind?: string | undefined;
}

/** Where nothing says what an object is, by the streams that a program keeps it in. */
const kindsByStream = [
  ['Workbook', 'Excel worksheet'],
  ['WordDocument', 'Word document'],
  ['PowerPoint Document', 'PowerPoint presentation'],
] as const;

/** What an object has beside itself that only leads to a file, or is a part of a form. */
const noFileStreams = ['\x03LinkInfo', '\x03OCXNAME'];

/** The files that are embedded in an old document, each in a folder that begins so. */
export function listOleFiles(file: CompoundFile, start: string): UnreadFile[] {
  return file.folders(start).flatMap((folder) => {
    if (noFileStreams.some((name) => file.has(`${folder}${name}`))) return [];
    const name = nameOleObject(readOleObject(file, folder));
    return name === undefined ? [] : [embeddedFile(name)];
  });
}

/** Whether it is a file of no program in particular, which has a name. */
export function isPackage({ progId }: OleObject): boolean {
  return /^Package/i.test(progId);
}

/** What to call an object; undefined for one that is no file. */
export function nameOleObject({ progId, fileName, kind }: OleObject): string | undefined {
  if (noFiles.test(progId)) return undefined;
  return fileName || kinds.find(([pattern]) => pattern.test(progId))?.[1] || kind || progId || 'File';
}

/** What is said of an object that stands in a folder of a compound file, '' for all of it. Of what is damaged nothing is known. */
export function readOleObject(file: CompoundFile, folder: string): OleObject {
  const { kind = '', progId = '' } = attempt(() => readKind(file.read(`${folder}\x01CompObj`))) ?? {};
  const fileName = attempt(() => readPackagedName(file.read(`${folder}\x01Ole10Native`)));
  const stream = kindsByStream.find(([name]) => file.has(`${folder}${name}`));
  return { progId, fileName, kind: kind || stream?.[1] };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError && isOverBudget(error)) throw error;
    return undefined;
  }
}

const KIND_AT = 28;
/** Where a format of the clipboard would be named stands one of these, and then its number. */
const NUMBERED_FORMAT = 0xfffffffe;

function readKind(stream: Uint8Array | undefined): { kind: string; progId: string } | undefined {
  if (stream === undefined) return undefined;
  const bytes = Buffer.from(stream);
  const kindEnd = KIND_AT + 4 + bytes.readUInt32LE(KIND_AT);
  const kind = legible(bytes.toString('latin1', KIND_AT + 4, kindEnd)) ?? '';
  const format = bytes.readUInt32LE(kindEnd);
  const at = kindEnd + 4 + (format >= NUMBERED_FORMAT ? 4 : format);
  const progId = legible(bytes.toString('latin1', at + 4, at + 4 + bytes.readUInt32LE(at))) ?? '';
  return { kind, progId };
}

/** The name stands before the content in letters of some code page; behind it, in newer ones, in those of all languages. */
function readPackagedName(stream: Uint8Array | undefined): string | undefined {
  if (stream === undefined) return undefined;
  const bytes = Buffer.from(stream);
  const endOf = (at: number) => bytes.indexOf(0, at) + 1 || bytes.byteLength;
  const labelEnd = endOf(6);
  const label = legible(bytes.toString('latin1', 6, labelEnd));
  if (label !== undefined) return lastName(label);
  const commandAt = endOf(labelEnd) + 4;
  const contentAt = commandAt + 4 + bytes.readUInt32LE(commandAt);
  const wideAt = contentAt + 4 + bytes.readUInt32LE(contentAt);
  const wideLabelAt = wideAt + 4 + 2 * bytes.readUInt32LE(wideAt);
  const length = bytes.readUInt32LE(wideLabelAt);
  return lastName(bytes.toString('utf16le', wideLabelAt + 4, wideLabelAt + 4 + 2 * length)) || undefined;
}

/** Letters of ASCII, which are the same in every code page. */
function legible(text: string): string | undefined {
  const [line = ''] = text.split('\0', 1);
  return /^[\x20-\x7e]+$/.test(line) ? line.trim() : undefined;
}

function lastName(path: string): string {
  return path.split('\0', 1).join('').split(/[/\\]/).at(-1)?.trim() ?? '';
}
