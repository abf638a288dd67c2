import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedFile } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { addPart } from './add-part.ts';
import { type CompoundFile, openCompoundFile } from './compound-file.ts';
import { addMessageHeader } from './message-text.ts';
import { listOutlookAttachments, type OutlookAttachment } from './outlook-attachments.ts';
import { addOutlookBody } from './outlook-body.ts';
import { listOutlookRecipients, nameOutlookSender } from './outlook-correspondents.ts';
import { type OutlookProperties, readOutlookProperties } from './outlook-properties.ts';
import type { ParserInput } from './parser-input.ts';
import { NESTING_MAX, takeFromBudget } from './read-budget.ts';
import { isSealed, isSignature } from './sealed-message.ts';

const KIND = 0x001a;
const SUBJECT = 0x0037;
const SENT = 0x0039;
const RECEIVED = 0x0e06;
const WRITTEN = 0x3007;

/** A message in a compound file, at its root or in the folder of one that it is attached to. */
interface Place {
  file: CompoundFile;
  folder: string;
  depth: number;
}

/** Reads a message that Outlook saved, as one saved as EML is read. */
export async function parseOutlookMessage(input: ParserInput): Promise<ParsedFile> {
  const file = openCompoundFile(input.bytes, input.fileName, input.budget);
  return await readMessage({ file, folder: '', depth: 0 }, input);
}

async function readMessage(place: Place, input: ParserInput): Promise<ParsedFile> {
  if (place.depth > NESTING_MAX) throw unreadable(input.fileName, 'nested-too-deeply');
  const message = readOutlookProperties(place.file, place.folder);
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const subject = subjectOf(message);
  addMessageHeader(canonical, {
    From: nameOutlookSender(message),
    ...listOutlookRecipients(place.file, place.folder, message),
    Date: dateOf(message),
    Subject: subject,
  });
  const header = canonical.finish().canonicalText;
  const warnings: ParsedFile['warnings'] = [...warningsOfKind(message), ...addOutlookBody(canonical, message, input)];
  const body = canonical.finish().canonicalText.slice(header.length);
  const attachments = listOutlookAttachments(place.file, place.folder, message);
  if (isSealed(body, attachments)) throw unreadable(input.fileName, 'sealed-message');
  for (const attachment of attachments.filter((each) => !isSignature(each))) {
    takeFromBudget(input.budget, { entriesLeft: 1 }, input.fileName);
    const readPart = () => readAttachment(attachment, place, input);
    warnings.push(...(await addPart(canonical, attachment.fileName, readPart)).warnings);
  }
  return {
    ...canonical.finish(),
    title: subject ?? null,
    mediaType: 'application/vnd.ms-outlook',
    pageCount: null,
    warnings,
  };
}

export function dateOf({ date }: OutlookProperties): string | undefined {
  return date(SENT) ?? date(RECEIVED) ?? date(WRITTEN);
}

/** That of a reply begins with a control character and one that says how long its prefix is. */
export function subjectOf({ text }: OutlookProperties): string | undefined {
  const subject = text(SUBJECT) ?? '';
  return subject.slice(subject.startsWith('\u0001') ? 2 : 0).trim() || undefined;
}

/** Contacts, appointments and tasks are saved as such files too, most of what they say in fields of their own. */
export function warningsOfKind({ text }: OutlookProperties): string[] {
  const kind = text(KIND) ?? '';
  if (kind === '' || /^(?:IPM\.(?:Note|Post|StickyNote|Microsoft Mail\.Note)|REPORT)\b/i.test(kind)) return [];
  return [`This is no message but an item of another kind (${kind}): only its subject and its text were read.`];
}

async function readAttachment(attachment: OutlookAttachment, place: Place, input: ParserInput): Promise<ParsedFile> {
  const { fileName, mediaType, messageFolder } = attachment;
  if (messageFolder !== undefined) {
    return await readMessage(
      { file: place.file, folder: messageFolder, depth: place.depth + 1 },
      { ...input, fileName },
    );
  }
  const bytes = attachment.read();
  if (bytes === undefined) throw unreadable(fileName, 'outlook-only');
  return await input.readPart({ bytes, fileName, mediaType });
}
