import { limits } from '../limits.ts';

/** A client's file name as text to show: no folders, no control or direction characters. It never names a file of ours. */
export function cleanFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const shown = shownOf(last).slice(0, limits.fileNameCharactersMax).toWellFormed();
  return shown === '' ? 'unnamed' : shown;
}

/**
 * A path in a client's folders or in an archive as text to show, undefined where nothing is left. It leads nowhere: what climbs
 * is left out. Where it is longer than `charactersMax`, its end tells more.
 */
export function cleanPath(path: string, charactersMax: number): string | undefined {
  const names = path.split(/[/\\]/).map(shownOf);
  const shown = names.filter((name) => !/^\.{0,2}$/.test(name)).join('/');
  return shown === '' ? undefined : shown.slice(-charactersMax).toWellFormed();
}

function shownOf(name: string): string {
  return name.replace(/\p{C}/gu, '').trim();
}

/** The title of a document that nobody gave one. */
export function titleFromFileName(fileName: string): string {
  const stem = fileName.replace(/\.[\p{L}\p{N}]{1,8}$/u, '').trim();
  return (stem === '' ? fileName : stem).slice(0, limits.titleCharactersMax).toWellFormed();
}
