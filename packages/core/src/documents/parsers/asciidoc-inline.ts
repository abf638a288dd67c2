import { withAddress } from './link-address.ts';

/** What a document sets, and is then said by its name alone. */
export interface AsciidocSettings {
  values: Map<string, string>;
  /** How many characters naming them may still put in: a short text could name a long one without end. */
  charactersLeft: number;
}

export const VALUE_CHARACTERS_MAX = 1000;

export function createSettings(): AsciidocSettings {
  return { values: new Map(), charactersLeft: 1_000_000 };
}

/** What a name in braces stands for; itself where that is not set, or too long. */
function settingOf(settings: AsciidocSettings, name: string, whole: string): string {
  const value = settings.values.get(name);
  if (value === undefined || value.length > Math.min(VALUE_CHARACTERS_MAX, settings.charactersLeft)) return whole;
  settings.charactersLeft -= value.length;
  return value;
}

/** A piece of AsciiDoc as it is shown: links by their text and where they lead, settings by what they are, no marks of its look. */
export function asciidocInline(text: string, settings: AsciidocSettings): string {
  return text
    .replace(/\{([\w-]{1,100})\}/g, (whole, name: string) => settingOf(settings, name, whole))
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
