import { withAddress } from './link-address.ts';

/** A piece of AsciiDoc as it is shown: links by their text and where they lead, settings by what they are, no marks of its look. */
export function asciidocInline(text: string, settings: ReadonlyMap<string, string>): string {
  return text
    .replace(/\{([\w-]{1,100})\}/g, (whole, name: string) => settings.get(name) ?? whole)
    .replace(/(?:link:)?(https?:\/\/[^\s[\]]{1,2000})\[([^\]\n]{0,1000})\]/g, (_, address: string, words: string) =>
      withAddress(shownWords(words) || address, address),
    )
    .replace(
      /(?:link|xref|mailto):([^\s[\]]{1,1000})\[([^\]\n]{0,1000})\]/g,
      (_, address: string, words: string) => shownWords(words) || address,
    )
    .replace(
      /<<([^,<>\n]{1,300})(?:,\s*([^<>\n]{1,300}))?>>/g,
      (_, place: string, words: string | undefined) => words ?? place,
    )
    .replace(/\s?footnote:\w{0,100}\[([^\]]{0,2000})\]/g, ' ($1)')
    .replace(/\b(?:kbd|btn|menu|pass|image|icon):\S{0,300}?\[([^\]\n]{0,1000})\]/g, '$1')
    .replace(/\[\[[^\]\n]{0,300}\]\]|\[[.#][^\]\n]{0,300}\](?=[#*_`\p{L}\p{N}])/gu, '')
    .replace(/(?<![\p{L}\p{N}\\])(\*\*?|__?|``?|\+\+?|##?)(?=\S)([^\n]{1,500}?)(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/ \+$/gm, '');
}

/** Without what says how the link opens: `the manual^`, `the manual,role=x`. */
function shownWords(words: string): string {
  return words.replace(/,\s*\w+=.*$|\^$/, '').trim();
}
