import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { unreadable } from '../unreadable.ts';
import type { ParserInput } from './parser-input.ts';

export type PdfDocument = Awaited<ReturnType<typeof getDocument>['promise']>;
export type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

const packageFolder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const folder = (name: string) => `${join(packageFolder, name)}/`;

/**
 * Opens a PDF for its text and pictures alone: no scripts, no forms that compute, no fonts of the system, nothing fetched.
 * It takes the bytes over: they are empty afterwards. Character maps, fonts and decoders (JBIG2, JPEG 2000) come from the package.
 * @throws AppError `password-required`, `password-wrong` or `corrupt`.
 */
export async function openPdf({
  bytes,
  fileName,
  password,
}: Pick<ParserInput, 'bytes' | 'fileName' | 'password'>): Promise<PdfDocument> {
  const loading = getDocument({
    // Taken over by pdf.js with the whole buffer behind them, so what is a part of a larger file is copied.
    data: bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice(),
    ...(password !== undefined && { password }),
    verbosity: 0,
    enableXfa: false,
    useSystemFonts: false,
    disableFontFace: true,
    // The names of fonts tell which are bold.
    fontExtraProperties: true,
    useWorkerFetch: false,
    cMapUrl: folder('cmaps'),
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
  });
  try {
    return await loading.promise;
  } catch (error) {
    await loading.destroy();
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    if (!isLocked) throw unreadable(fileName, 'corrupt', error);
    throw unreadable(fileName, password === undefined ? 'password-required' : 'password-wrong', error);
  }
}
