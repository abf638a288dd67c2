import type { ParsedFile } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import type { ParserInput } from './parser-input.ts';
import { isSignedData, signedContent } from './signed-data.ts';

/** Reads the file inside of a signature (P7M): an invoice, a contract. Whether the signature is valid is not looked at. */
export async function parseSignedFile(input: ParserInput): Promise<ParsedFile> {
  const bytes = isSignedData(input.bytes) ? input.bytes : fromBase64(input.bytes);
  const content = signedContent(bytes);
  if (content === undefined) throw unreadable(input.fileName, isSignedData(bytes) ? 'empty' : 'sealed-message');
  // A message that is signed as a whole (S/MIME) is inside of an attachment of this name.
  const fileName = input.fileName.replace(/^smime\.p7m$/i, 'message.eml').replace(/\.p7m$/i, '');
  return await input.readPart({ bytes: content, fileName, mediaType: null });
}

/** Some programs write it as letters, as in a message. */
function fromBase64(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/-----[A-Z0-9 ]+-----/g, '');
  return Buffer.from(text, 'base64');
}
