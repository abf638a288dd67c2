/** The charset that a media type declares, as in `text/html; charset=windows-1251`. */
export function charsetOf(mediaType: string | null): string | undefined {
  return /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(mediaType ?? '')?.[1];
}

/** What a file was found to be, with the charset it was declared in: without it, reading it anew would read other characters. */
export function keepCharset(found: string, declared: string | null): string {
  const charset = charsetOf(declared);
  return charset === undefined || !found.startsWith('text/') ? found : `${found}; charset=${charset}`;
}
