import type { ParsedFile } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { openCompoundFile } from './compound-file.ts';
import { decryptOfficePackage } from './office-encryption.ts';
import { openWithPassword } from './office-passwords.ts';
import type { ParserInput } from './parser-input.ts';

/**
 * Reads a DOCX, XLSX or PPTX file that is locked with a password.
 * @throws AppError `password-required`, `password-wrong` or `corrupt`.
 */
export async function parseLockedOffice(input: ParserInput): Promise<ParsedFile> {
  const { fileName } = input;
  const file = openCompoundFile(input.bytes, fileName, input.budget);
  const info = file.read('EncryptionInfo');
  const locked = file.read('EncryptedPackage');
  if (info === undefined || locked === undefined) throw unreadable(fileName, 'corrupt');
  const bytes = openWithPassword(input, (password) =>
    decryptOfficePackage(Buffer.from(info), Buffer.from(locked), password),
  );
  return await input.readPart({ fileName, mediaType: null, bytes: new Uint8Array(bytes) });
}
