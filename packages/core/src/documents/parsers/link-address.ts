/** Longer addresses are made for programs: they count clicks, or carry what a form was filled in with. */
const ADDRESS_CHARACTERS_MAX = 200;
/** What a person can open, write to or call. Addresses within a site mean nothing away from it. */
const address = /^(?:https?:\/\/[^\s/]|mailto:[^\s@]+@|tel:[+\d])[^\s<>"`]*$/i;

/** The text of a link with its address behind it, where the text does not name it: `our shop (https://example.org/)`. */
export function withAddress(text: string, href: string | undefined): string {
  const shown = shownAddress(text, href);
  const words = text.trimEnd();
  return shown === undefined ? text : `${words} (${shown})${text.slice(words.length)}`;
}

/** Where a link leads that goes by way of Google, as those of an exported document do. */
function withoutDetour(href: string): string {
  const wanted = /^https?:\/\/www\.google\.com\/url\?(?:[^#]*&)?q=(https?[^&#]+)/.exec(href)?.[1];
  try {
    return wanted === undefined ? href : decodeURIComponent(wanted);
  } catch {
    return href;
  }
}

/** What `withAddress` puts into brackets, in which there is no other bracket; undefined where there is nothing to tell. */
export function shownAddress(text: string, href: string | undefined): string | undefined {
  const target = withoutDetour(href?.trim() ?? '');
  if (target.length > ADDRESS_CHARACTERS_MAX || !address.test(target) || !/[\p{L}\p{N}]/u.test(text)) return undefined;
  return names(text, target) ? undefined : target.replaceAll('(', '%28').replaceAll(')', '%29');
}

/** Whether a text shows an address, or so much of it as stands on one line. */
function names(text: string, target: string): boolean {
  const [said, meant] = [text, target].map((one) =>
    one
      .trim()
      .toLowerCase()
      .replace(/^(?:https?:\/\/|mailto:|tel:)?(?:www\.)?/, '')
      .replace(/[/.,;:!?\s]+$/, ''),
  );
  if (said === undefined || meant === undefined || said === '') return true;
  return said.includes(meant) || (/^\S*[./@\d]\S*$/.test(said) && meant.includes(said));
}
