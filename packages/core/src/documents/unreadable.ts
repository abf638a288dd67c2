import { AppError } from '../app-error.ts';
import { limits } from '../limits.ts';
import { readableKinds } from './readable-formats.ts';

/** Why a file of a supported type yields no text. */
export type UnreadableReason =
  | 'corrupt'
  | 'crashed'
  | 'dynamic-form'
  | 'embedded-only'
  | 'empty'
  | 'nested-too-deeply'
  | 'no-text'
  | 'not-recognised'
  | 'out-of-memory'
  | 'outlook-only'
  | 'password-protected'
  | 'password-required'
  | 'password-wrong'
  | 'sealed-message'
  | 'timed-out'
  | 'too-deep'
  | 'too-large'
  | 'too-many-files'
  | 'too-many-pages'
  | 'too-many-pixels'
  | 'unpacks-too-large';

const explanations: Record<UnreadableReason, string> = {
  corrupt: 'is damaged or incomplete. Open it in the program that made it, save it again, and upload the new copy.',
  crashed:
    'stopped its reader. The file may be damaged, or the server short of memory. Try again; if it comes to the same, save the file again or export it as PDF, and upload the new copy.',
  'dynamic-form': 'is a form that only Adobe Reader can show. Open it there, print it to a PDF file, and upload that.',
  'embedded-only':
    'holds no text of its own, only files that are embedded in it. Open it, save each of them on its own, and upload those.',
  empty: 'holds no text. Check that you chose the right file.',
  'nested-too-deeply': 'is packed inside too many archives. Unpack it and upload the documents inside.',
  'no-text':
    'holds pictures without legible text. If it is a scan, scan it again upright and at 300 dpi, and upload that.',
  'not-recognised': `holds pictures that were not looked at: text recognition (OCR) ends after ${limits.recognisedPagesMax} pictures or ${limits.recognitionMsMax / 3_600_000} hour of one upload. Upload it by itself, or in parts.`,
  'out-of-memory':
    'needs more memory to read than a single file may use. Split it into smaller files and upload those.',
  'outlook-only': 'is attached in a way that only Outlook can open. Save it from there and upload it on its own.',
  'password-protected': 'is locked with a password. Save a copy without the password and upload that.',
  'password-required': 'is locked with a password. Enter the password, or save a copy without it and upload that.',
  'password-wrong': 'is locked, and that password does not open it. Check the password and enter it again.',
  'sealed-message':
    'is encrypted or sealed, so that only the mail program of those it was sent to can show it. Open it there, print it to a PDF file, and upload that.',
  'timed-out': 'took too long to read. Split it into smaller files and upload those.',
  'too-deep':
    'holds things inside of each other (tables in tables, messages in messages) more deeply than can be read. Print it to a PDF file and upload that.',
  'too-large': `holds more text than a single document may: ${inMillions(limits.canonicalCharactersMax)} million characters, or ${inMillions(limits.tableCharactersMax)} million in a CSV or TSV file. Split it into smaller files and upload those.`,
  'too-many-files': `holds more files than are read from one archive (${limits.filesInUploadMax.toLocaleString('en')}). Unpack it and upload the documents that matter.`,
  'too-many-pages': 'has more pages than a single document may. Split it into smaller files and upload those.',
  'too-many-pixels':
    'holds a picture of more than 100 megapixels. Scan it at 300 dpi, or save it smaller or in parts, and upload that.',
  'unpacks-too-large': `unpacks to more than ${limits.inflatedMbMin} MB, and to more than ${limits.inflatedRatioMax} times its size. Unpack it and upload what is inside in parts.`,
};

/** A permanent failure to read `fileName`; the message names the file, the reason and what to do next. */
export function unreadable(fileName: string, reason: UnreadableReason, cause?: unknown): AppError {
  return new AppError('unreadable-document', `“${fileName}” ${explanations[reason]}`, { reason, cause });
}

/**
 * A table that holds more text than a document may. Rows become longer in reading, since each cell is set apart.
 * @param characters undefined where only reading has shown that they are too many.
 */
export function tooLongTable(fileName: string, characters: number | undefined, charactersMax: number): AppError {
  const held = characters === undefined ? 'too many' : `${inMillions(characters)} million`;
  const message =
    `“${fileName}” holds ${held} characters, and a single document may hold ${inMillions(charactersMax)} million. ` +
    `Split it into files of ${inMillions(charactersMax / 2)} million characters or fewer, about ${inMillions(charactersMax / 2)} MB, each with the row of column names, and upload those.`;
  return new AppError('unreadable-document', message, { reason: 'too-large' });
}

function inMillions(characters: number): string {
  return (characters / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 });
}

/** Why a file of another type is refused. */
export type UnsupportedReason = 'archive' | 'image' | 'legacy-office' | 'media' | 'office' | 'unknown-type';

const refusals: Record<UnsupportedReason, string> = {
  archive:
    'is an archive without a document that can be read, or of a kind that is not opened. Unpack it and upload the documents inside.',
  image: 'is a picture of a kind that is not read. Save it as PNG or JPEG and upload that.',
  'legacy-office':
    'is in an old Office format that is not read. Open it, save it as DOCX, XLSX, PPTX or PDF, and upload that.',
  media: 'is a sound or video file. Upload a transcript of it instead.',
  office: 'is not in a format that can be read yet. Save it as PDF and upload that.',
  'unknown-type': `is not a document of a known type. These can be read: ${readableKinds.join(', ')}.`,
};

/** The file is of a type that is not read. */
export function unsupported(fileName: string, reason: UnsupportedReason): AppError {
  return new AppError('unsupported-type', `“${fileName}” ${refusals[reason]}`, { reason });
}
