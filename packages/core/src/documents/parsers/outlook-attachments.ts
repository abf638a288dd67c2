import type { CompoundFile } from './compound-file.ts';
import { type OutlookProperties, readOutlookProperties } from './outlook-properties.ts';

/** A file, another message in a folder of its own, or what only Outlook can open: an object, or a link to a file. */
export interface OutlookAttachment {
  fileName: string;
  mediaType: string | null;
  messageFolder: string | undefined;
  /** The bytes of a file; undefined for anything else. */
  read(): Uint8Array<ArrayBuffer> | undefined;
}

const NAMES = [0x3707, 0x3704, 0x3001];
const CONTENT = 0x3701;
const MEDIA_TYPE = 0x370e;

/** What is attached to the message in that folder, in the order in which it was. */
export function listOutlookAttachments(
  file: CompoundFile,
  folder: string,
  message: OutlookProperties,
): OutlookAttachment[] {
  return file.folders(`${folder}__attach_version1.0_#`).map((attachment, index) => {
    const { text, bytes } = readOutlookProperties(file, attachment, message.charset);
    const messageFolder = `${attachment}__substg1.0_3701000d/`;
    const isMessage = file.has(`${messageFolder}__properties_version1.0`);
    const mediaType = text(MEDIA_TYPE) ?? null;
    const name = NAMES.map((id) => text(id)?.trim()).find((found) => found) ?? `Attachment ${index + 1}`;
    return {
      fileName: `${name}${extensionToAdd(name, mediaType, isMessage)}`,
      mediaType,
      messageFolder: isMessage ? messageFolder : undefined,
      read: () => bytes(CONTENT),
    };
  });
}

/** Messages are attached under their subject. One that is signed is kept as it was sent, under a name that says nothing. */
function extensionToAdd(name: string, mediaType: string | null, isMessage: boolean): string {
  if (isMessage && !name.toLowerCase().endsWith('.msg')) return '.msg';
  return mediaType?.startsWith('multipart/') === true ? '.eml' : '';
}
