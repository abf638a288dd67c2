import { AppError } from '../../app-error.ts';
import type { ParsedFile } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { openCompoundFile } from './compound-file.ts';
import { decryptOfficePackage } from './office-encryption.ts';
import type { ParserInput } from './parser-input.ts';

/**
 * Reads a DOCX, XLSX or PPTX file that is locked with a password.
 * @throws AppError `password-required`, `password-wrong` or `corrupt`.
 */
export async function parseLockedOffice(input: ParserInput): Promise<ParsedFile> {
  const { fileName, password } = input;
  const file = openCompoundFile(input.bytes, fileName, input.budget);
  const info = file.read('EncryptionInfo');
  const locked = file.read('EncryptedPackage');
  if (info === undefined || locked === undefined) throw unreadable(fileName, 'corrupt');
  if (password === undefined) throw unreadable(fileName, 'password-required');
  const bytes = open(Buffer.from(info), Buffer.from(locked), password, fileName);
  if (bytes === undefined) throw unreadable(fileName, 'password-wrong');
  return await input.readPart({ fileName, mediaType: null, bytes: new Uint8Array(bytes) });
}

function open(info: Buffer, locked: Buffer, password: string, fileName: string): Buffer | undefined {
  try {
    return decryptOfficePackage(info, locked, password);
  } catch (error) {
    throw error instanceof AppError ? error : unreadable(fileName, 'corrupt', error);
  }
}
