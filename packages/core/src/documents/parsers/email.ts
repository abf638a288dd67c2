import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { type CanonicalText, createCanonicalText } from '../canonical-text.ts';
import type { ParsedFile } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { addPart } from './add-part.ts';
import { decodeText } from './decode-text.ts';
import { addHtmlBlocks } from './html-blocks.ts';
import { addMessageHeader, addMessageText, nameCorrespondent } from './message-text.ts';
import type { FileInput, ParserInput } from './parser-input.ts';
import { takeFromBudget } from './read-budget.ts';
import { repairUtf8 } from './repair-utf8.ts';
import { isSealed, isSignature } from './sealed-message.ts';
import { isSignedData } from './signed-data.ts';
import { isTnef } from './tnef-stream.ts';

/** Parts inside of parts. Real messages have three or four; what has passed through many lists has more. */
const MIME_NESTING_MAX = 256;
/** Those of all parts together: a message of many attachments has megabytes of them. */
const HEADER_BYTES_MAX = 32 * 1024 * 1024;

/** Reads a message: who wrote to whom, when and about what, then its text, then each attachment as a section. */
export async function parseEmail(input: ParserInput): Promise<ParsedFile> {
  const email = await PostalMime.parse(inBytes(withoutCount(input.bytes)), {
    maxNestingDepth: MIME_NESTING_MAX,
    maxHeadersSize: HEADER_BYTES_MAX,
    attachmentEncoding: 'arraybuffer',
  });
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const subject = repairUtf8(email.subject ?? '');
  const isPage = isPageOfConfluence(email);
  const header = {
    From: listAddresses(email.from === undefined ? [] : [email.from]),
    To: listAddresses(email.to ?? []),
    Cc: listAddresses(email.cc ?? []),
    Date: email.date,
    Subject: subject,
  };
  if (!isPage) addMessageHeader(canonical, header);
  addBody(canonical, email);
  const files = email.attachments.map((attachment, index) => toFile(attachment, index + 1));
  const told = files.some(({ bytes }) => isTnef(bytes)) ? textsOf(canonical.finish()) : new Set<string>();
  const withoutTold = (parsed: ParsedFile) => withoutBlocks(parsed, told);
  const closed = files.filter(({ bytes }) => !isSignedData(bytes));
  if (isSealed(email.text ?? email.html ?? '', closed)) throw unreadable(input.fileName, 'sealed-message');
  const warnings: ParsedFile['warnings'] = [];
  for (const part of files.filter((file) => !isSignature(file) && !isLook(file))) {
    takeFromBudget(input.budget, { entriesLeft: 1, inflatedBytesLeft: part.bytes.byteLength }, input.fileName);
    const read = () => (isTnef(part.bytes) ? input.readPart(part).then(withoutTold) : input.readPart(part));
    warnings.push(...(await addPart(canonical, part.fileName, read)).warnings);
  }
  return {
    ...canonical.finish(),
    title: isPage ? null : subject.trim() || null,
    mediaType: 'message/rfc822',
    pageCount: null,
    warnings,
  };
}

/** A page that Confluence exported for Word is packed like a message that nobody wrote. */
function isPageOfConfluence({ from, to, subject, headers }: Email): boolean {
  const type = headers.find(({ key }) => key === 'content-type')?.value ?? '';
  const isWritten = from !== undefined || to !== undefined;
  return !isWritten && subject?.trim() === 'Exported From Confluence' && /^\s*multipart\/related\b/i.test(type);
}

function textsOf({ canonicalText, blocks }: Pick<ParsedFile, 'canonicalText' | 'blocks'>): Set<string> {
  return new Set(blocks.map(({ start, end }) => canonicalText.slice(start, end).replace(/\s+/g, ' ')));
}

/** What Outlook packs beside a message says once more what that says, with its format. */
function withoutBlocks(parsed: ParsedFile, told: ReadonlySet<string>): ParsedFile {
  const isTold = (text: string) => told.has(text.replace(/\s+/g, ' '));
  const blocks = parsed.blocks.filter(
    ({ part, start, end }) => part !== undefined || !isTold(parsed.canonicalText.slice(start, end)),
  );
  return { ...parsed, blocks };
}

/** Apple Mail keeps a message (EMLX) between the number of its bytes, on a line of its own, and a list of its flags. */
function withoutCount(bytes: Uint8Array): Uint8Array {
  const [line, count] = /^(\d{1,10})[ \t\r]*\n/.exec(Buffer.from(bytes.subarray(0, 20)).toString('latin1')) ?? [];
  return line === undefined ? bytes : bytes.subarray(line.length, line.length + Number(count));
}

/** Messages are made of bytes. One that a person saved as text may have become UTF-16, which has zeros between its letters. */
function inBytes(bytes: Uint8Array): Uint8Array | string {
  return bytes.subarray(0, 64).includes(0) ? (decodeText(bytes) ?? bytes) : bytes;
}

function listAddresses(addresses: readonly Address[]): string {
  return addresses
    .flatMap((address) => (address.group === undefined ? [address] : [{ name: address.name }, ...address.group]))
    .map(({ name, ...rest }) => nameCorrespondent(repairUtf8(name), 'address' in rest ? rest.address : undefined))
    .join(', ');
}

/** The plain text is what the writer's program thinks the message says; HTML is read when there is none. */
function addBody(canonical: CanonicalText, { text, html }: Email): void {
  if (text === undefined || text.trim() === '') addHtmlBlocks(canonical, repairUtf8(html ?? ''));
  else addMessageText(canonical, repairUtf8(text));
}

/** Of a page that was saved whole (MHT), what it is painted and moved with. */
function isLook({ mediaType }: FileInput): boolean {
  return /^(?:text\/css|(?:text|application)\/(?:x-)?javascript)/i.test(mediaType ?? '');
}

function toFile({ filename, mimeType, content }: Attachment, number: number): FileInput {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  const extension = mimeType === 'message/rfc822' ? '.eml' : '';
  return {
    bytes,
    fileName: repairUtf8(filename ?? '').trim() || `Attachment ${number}${extension}`,
    mediaType: mimeType,
  };
}
