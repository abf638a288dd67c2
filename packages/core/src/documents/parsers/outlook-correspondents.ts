import type { CompoundFile } from './compound-file.ts';
import { nameCorrespondent } from './message-text.ts';
import { type OutlookProperties, readOutlookProperties } from './outlook-properties.ts';

const SENDER_NAMES = [0x0042, 0x0c1a];
const SENDER_ADDRESSES = [0x5d02, 0x0065, 0x5d01, 0x0c1f];
const SHOWN_TO = 0x0e04;
const SHOWN_CC = 0x0e03;
/** Of a recipient. */
const KIND = 0x0c15;
const NAME = 0x3001;
const ADDRESSES = [0x39fe, 0x3003];

/** Who wrote a message: the person it was sent for, or the one who sent it. */
export function nameOutlookSender({ text }: OutlookProperties): string {
  return nameCorrespondent(
    SENDER_NAMES.map(text).find((name) => name !== undefined) ?? '',
    SENDER_ADDRESSES.map(text).find(isAddress),
  );
}

/** Whom a message went to, by kind. */
export function listOutlookRecipients(file: CompoundFile, folder: string, message: OutlookProperties) {
  const folders = file.folders(`${folder}__recip_version1.0_#`);
  const recipients = folders.map((recipient) => readOutlookProperties(file, recipient, message.charset));
  return namesOfRecipients(recipients, message);
}

export function namesOfRecipients(recipients: readonly OutlookProperties[], message: OutlookProperties) {
  const named = recipients.map(({ text, number }) => {
    return { kind: number(KIND), name: nameCorrespondent(text(NAME) ?? '', ADDRESSES.map(text).find(isAddress)) };
  });
  // What is shown of them is all there is in a draft, and in messages that other programs wrote.
  const list = (kind: number, shownId: number) => {
    const names = named.filter((recipient) => recipient.kind === kind).map(({ name }) => name);
    return names.length > 0 ? names.join(', ') : message.text(shownId);
  };
  return { To: list(1, SHOWN_TO), Cc: list(2, SHOWN_CC) };
}

/** Within one organisation, people have a path in its directory in place of an address. */
function isAddress(address: string | undefined): boolean {
  return address?.includes('@') === true;
}
