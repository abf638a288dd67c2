import { limits } from '../limits.ts';

/** A client's file name as text to show: no folders, no control or direction characters. It never names a file of ours. */
export function cleanFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const shown = last.toWellFormed().replace(/\p{C}/gu, '').trim().slice(0, limits.fileNameCharactersMax);
  return shown === '' ? 'unnamed' : shown;
}

/** The title of a document that nobody gave one. */
export function titleFromFileName(fileName: string): string {
  const stem = fileName.replace(/\.[\p{L}\p{N}]{1,8}$/u, '').trim();
  return (stem === '' ? fileName : stem).slice(0, limits.titleCharactersMax);
}
