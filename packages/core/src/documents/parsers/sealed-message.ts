import type { FileInput } from './parser-input.ts';

type Attachment = Pick<FileInput, 'fileName' | 'mediaType'>;

/** S/MIME and rights management put a whole message into one attachment of this name, opened with a key of the recipient's. */
const sealedNames = /^(?:smime\.p7m|message\.rpmsg)$/i;
/** So does OpenPGP, beside one of this type. */
const sealedTypes = /^application\/pgp-encrypted\b/i;
const signatureTypes = /^application\/(?:x-)?(?:pkcs7|pgp)-signature\b/i;

/** Whether a message with this text is inside of what is attached to it. */
export function isSealed(text: string, attachments: readonly Attachment[]): boolean {
  return (
    text.trim() === '' &&
    attachments.some(({ fileName, mediaType }) => sealedNames.test(fileName) || sealedTypes.test(mediaType ?? ''))
  );
}

/** Whether something attached says who wrote the message, and is nothing to read. */
export function isSignature({ mediaType }: Attachment): boolean {
  return signatureTypes.test(mediaType ?? '');
}
