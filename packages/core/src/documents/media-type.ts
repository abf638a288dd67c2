/** The charset that a media type declares, as in `text/html; charset=windows-1251`. */
export function charsetOf(mediaType: string | null): string | undefined {
  return /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(mediaType ?? '')?.[1];
}

/** The type alone, as people are shown it: `text/html` of `text/html; charset=windows-1251`. */
export function withoutParameters(mediaType: string): string {
  return mediaType.split(';', 1).join('').trim();
}

/** What an upload says its file is; null when it says only how a form, or a program that was told no type, sends bytes. */
export function declaredMediaType(contentType: string | undefined): string | null {
  const isOfForm = /^\s*application\/x-www-form-urlencoded\b/i.test(contentType ?? '');
  return contentType === undefined || isOfForm ? null : contentType;
}

/** What a file was found to be, with the charset it was declared in: without it, reading it anew would read other characters. */
export function keepCharset(found: string, declared: string | null): string {
  const charset = charsetOf(declared);
  return charset === undefined || !found.startsWith('text/') ? found : `${found}; charset=${charset}`;
}
