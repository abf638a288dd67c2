import { unreadable } from '../unreadable.ts';
import type { DrawnPage, PageSource } from './drawn-page.ts';

export interface PageDrawing {
  fileName: string;
  source: PageSource;
  /** From 1. */
  page: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Draws one page of an original. Runs where the file may have its way: in a sandbox.
 * @throws AppError `unreadable-document` with a reason.
 */
export async function drawPage({ source, ...drawing }: PageDrawing): Promise<DrawnPage> {
  if (source === 'pdf') return await (await import('./draw-pdf.ts')).drawPdf(drawing);
  if (drawing.page !== 1) throw unreadable(drawing.fileName, 'corrupt', new Error('A picture has one page'));
  return await (await import('./draw-picture.ts')).drawPicture(drawing);
}
