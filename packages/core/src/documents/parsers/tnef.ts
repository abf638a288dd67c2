import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedFile } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { addPart } from './add-part.ts';
import { charsetOfCodePage } from './code-pages.ts';
import { addMessageHeader } from './message-text.ts';
import { addOutlookBody } from './outlook-body.ts';
import { nameOutlookSender, namesOfRecipients } from './outlook-correspondents.ts';
import { dateOf, subjectOf, warningsOfKind } from './outlook-message.ts';
import type { FileInput, ParserInput } from './parser-input.ts';
import { takeFromBudget } from './read-budget.ts';
import { isSealed, isSignature } from './sealed-message.ts';
import {
  decodeTnefText,
  OBJECT,
  readTnefValues,
  STRING,
  type TnefValues,
  toOutlookProperties,
} from './tnef-properties.ts';
import { createByteReader, listTnefAttributes, type TnefAttribute } from './tnef-stream.ts';

/** Who a message goes to, at most. */
const ROWS_MAX = 10_000;

/** Attributes of a message, and the property that says the same. */
const CODE_PAGE = 0x9007;
const PROPERTIES = 0x9003;
const RECIPIENTS = 0x9004;
const asProperties = new Map([
  [0x8004, 0x0037],
  [0x8008, 0x001a],
  [0x800c, 0x1000],
]);
/** Of an attachment: where it begins, its name and content, and its properties. */
const BEGINNING = 0x9002;
const NAME = 0x8010;
const CONTENT = 0x800f;
const ATTACHED_PROPERTIES = 0x9005;

const NAMES = [0x3707, 0x3704, 0x3001];
const MEDIA_TYPE = 0x370e;
const DATA = 0x3701;
/** Which kind of object follows, before an attached message. */
const INTERFACE_BYTES = 16;

/**
 * Reads what Outlook packs a formatted message into for servers that do not know it, and others see as `winmail.dat`: who wrote to whom,
 * as far as it says so, the text, and each attachment as a section. A damaged file is read as far as it goes.
 */
export async function parseTnef(input: ParserInput): Promise<ParsedFile> {
  const { attributes, isWhole } = listTnefAttributes(input.bytes as Uint8Array<ArrayBuffer>);
  const charset = charsetIn(attributes);
  const { values, recipients } = readMessage(attributes);
  const message = toOutlookProperties(values, charset);
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const subject = subjectOf(message);
  const to = namesOfRecipients(
    recipients.map((recipient) => toOutlookProperties(recipient, charset)),
    message,
  );
  addMessageHeader(canonical, { From: nameOutlookSender(message), ...to, Date: dateOf(message), Subject: subject });
  const header = canonical.finish().canonicalText;
  const warnings: ParsedFile['warnings'] = [...warningsOfKind(message), ...addOutlookBody(canonical, message, input)];
  const files = listFiles(attributes, charset);
  const body = canonical.finish().canonicalText.slice(header.length);
  if (isSealed(body, files)) throw unreadable(input.fileName, 'sealed-message');
  for (const file of files.filter((each) => !isSignature(each))) {
    takeFromBudget(input.budget, { entriesLeft: 1 }, input.fileName);
    warnings.push(...(await addPart(canonical, file.fileName, () => readFile(file, input))).warnings);
  }
  if (!isWhole) warnings.push('The file is damaged: what comes behind the damage was not read.');
  const finished = canonical.finish();
  if (!isWhole && finished.canonicalText === '') throw unreadable(input.fileName, 'corrupt');
  return { ...finished, title: subject ?? null, mediaType: 'application/ms-tnef', pageCount: null, warnings };
}

async function readFile(file: FileInput, input: ParserInput): Promise<ParsedFile> {
  if (file.bytes.byteLength === 0) throw unreadable(file.fileName, 'empty');
  return await input.readPart(file);
}

function charsetIn(attributes: readonly TnefAttribute[]): string | undefined {
  const data = attributes.find(({ id }) => id === CODE_PAGE)?.data;
  const codePage = data === undefined ? undefined : createByteReader(data).number(4);
  return codePage === undefined || codePage === 0 ? undefined : charsetOfCodePage(codePage);
}

function readMessage(attributes: readonly TnefAttribute[]): { values: TnefValues; recipients: TnefValues[] } {
  const values: TnefValues = new Map();
  const recipients: TnefValues[] = [];
  for (const { isOfAttachment, id, data } of attributes) {
    if (isOfAttachment) continue;
    const property = asProperties.get(id);
    if (id === PROPERTIES) for (const [key, value] of readTnefValues(createByteReader(data))) values.set(key, value);
    else if (id === RECIPIENTS) recipients.push(...readRows(data));
    else if (property !== undefined && !values.has(property)) values.set(property, { type: STRING, bytes: data });
  }
  return { values, recipients };
}

function readRows(data: Uint8Array<ArrayBuffer>): TnefValues[] {
  const reader = createByteReader(data);
  const count = reader.number(4) ?? 0;
  const rows: TnefValues[] = [];
  // A row begins with how many values it has.
  while (rows.length < Math.min(count, ROWS_MAX) && reader.bytesLeft() >= 4) rows.push(readTnefValues(reader));
  return rows;
}

/** Each attachment's attributes follow the one that begins it. */
function listFiles(attributes: readonly TnefAttribute[], charset: string | undefined): FileInput[] {
  const groups: TnefAttribute[][] = [];
  for (const attribute of attributes) {
    if (!attribute.isOfAttachment) continue;
    if (attribute.id === BEGINNING || groups.length === 0) groups.push([]);
    groups.at(-1)?.push(attribute);
  }
  return groups.map((group, index) => toFile(group, index + 1, charset));
}

function toFile(group: readonly TnefAttribute[], number: number, charset: string | undefined): FileInput {
  const dataOf = (wanted: number) => group.find(({ id }) => id === wanted)?.data;
  const values = readTnefValues(createByteReader(dataOf(ATTACHED_PROPERTIES) ?? new Uint8Array()));
  const { text, bytes } = toOutlookProperties(values, charset);
  const object = values.get(DATA);
  const isMessage = object?.type === OBJECT;
  const plainName = decodeTnefText(dataOf(NAME) ?? new Uint8Array(), charset);
  const name = [...NAMES.map(text), plainName].map((found) => found?.trim()).find((found) => found);
  return {
    bytes: (isMessage ? object.bytes.subarray(INTERFACE_BYTES) : (bytes(DATA) ?? dataOf(CONTENT))) ?? new Uint8Array(),
    fileName: name ?? `Attachment ${number}`,
    mediaType: text(MEDIA_TYPE) ?? null,
  };
}
