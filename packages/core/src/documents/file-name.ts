import { limits } from '../limits.ts';

const extension = /\.[\p{L}\p{N}]{1,8}$/u;

/**
 * A client's file name as text to show: no folders, no control or direction characters, never `..`. It never names a file of ours.
 * One that is too long keeps its extension, by which plain texts are told apart.
 */
export function cleanFileName(name: string): string {
  const shown = shownOf(name.split(/[/\\]/).at(-1) ?? '');
  if (isNowhere(shown)) return 'unnamed';
  if (shown.length <= limits.fileNameCharactersMax) return shown;
  const end = extension.exec(shown)?.[0] ?? '';
  return `${startOf(shown, limits.fileNameCharactersMax - end.length)}${end}`;
}

/**
 * A path in a client's folders or in an archive as text to show, undefined where nothing is left. It leads nowhere: what climbs
 * is left out. Where it is longer than `charactersMax`, its end tells more.
 */
export function cleanPath(path: string, charactersMax: number): string | undefined {
  const names = path
    .split(/[/\\]/)
    .map(shownOf)
    .filter((name) => !isNowhere(name));
  const shown = names.join('/');
  if (shown.length <= charactersMax) return shown === '' ? undefined : shown;
  // A name of which only the end is left, which may be dots, is left out, unless it is the last.
  const end = shown.slice(-charactersMax);
  const [, rest] = /^[^/]*\/(.+)$/su.exec(end) ?? [];
  return rest ?? (end.replace(/^[\uDC00-\uDFFF\s.]+/, '') || undefined);
}

/** Names of this folder and the one above, and names of nothing. */
function isNowhere(name: string): boolean {
  return /^\.{0,2}$/.test(name);
}

function shownOf(name: string): string {
  return name
    .toWellFormed()
    .replace(/[\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\p{C}/gu, '')
    .trim();
}

/** As much of a text as fits, without half a character or a space at its end. */
function startOf(text: string, charactersMax: number): string {
  return text
    .slice(0, charactersMax)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}

/** The title of a document that nobody gave one. */
export function titleFromFileName(fileName: string): string {
  const stem = fileName.replace(extension, '').trim();
  return startOf(stem === '' ? fileName : stem, limits.titleCharactersMax);
}
