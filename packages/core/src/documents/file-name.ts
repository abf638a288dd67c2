import { limits } from '../limits.ts';

/** A client's file name as text to show: no folders, no control or direction characters. It never names a file of ours. */
export function cleanFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const shown = shownOf(last).slice(0, limits.fileNameCharactersMax);
  return shown === '' ? 'unnamed' : shown;
}

/** A client's folder as text to show, undefined where there is none. It leads nowhere: what climbs is left out. */
export function cleanFolder(folder = ''): string | undefined {
  const names = folder.split(/[/\\]/).map(shownOf);
  const shown = names.filter((name) => !/^\.{0,2}$/.test(name)).join('/');
  return shown === '' ? undefined : shown.slice(0, limits.folderCharactersMax);
}

function shownOf(name: string): string {
  return name.toWellFormed().replace(/\p{C}/gu, '').trim();
}

/** The title of a document that nobody gave one. */
export function titleFromFileName(fileName: string): string {
  const stem = fileName.replace(/\.[\p{L}\p{N}]{1,8}$/u, '').trim();
  return (stem === '' ? fileName : stem).slice(0, limits.titleCharactersMax);
}
