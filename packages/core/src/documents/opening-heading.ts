import type { ParsedDocument } from './parsed-document.ts';
import { properTitle } from './parsers/placeholder-title.ts';

/** A longer heading is a sentence, or lines of a table that are set large. */
const TITLE_CHARACTERS_MAX = 150;
/** Headings that stand at the beginning of many documents, in the larger languages of Europe, and numbered sections. */
const sections: readonly RegExp[] = [
  /^(?:table of )?contents$|^inhalt(?:sverzeichnis)?$|^sommaire$|^table des matières$|^[ií]ndice$|^sumário$|^inhoud(?:sopgave)?$/i,
  /^(?:abstract|summary|introduction|preface|foreword|zusammenfassung|einleitung|vorwort|résumé|préface)$/i,
  /^\d{1,2}(?:\.\d+)*\.?\s/,
];

/**
 * The title of a document whose file names none: the heading that its text opens with, or the greatest of several; null
 * where it opens with anything else. Headings that name a sheet, or a file inside of this one, are no title of the whole.
 */
export function openingHeading({
  canonicalText,
  blocks,
}: Pick<ParsedDocument, 'canonicalText' | 'blocks'>): string | null {
  const first = blocks[0];
  const end = blocks.findIndex(
    ({ kind, part, page }) => kind !== 'heading' || part !== undefined || page !== first?.page,
  );
  const opening = end < 0 ? blocks : blocks.slice(0, end);
  const greatest = opening.toSorted((one, other) => (one.level ?? 1) - (other.level ?? 1))[0];
  if (greatest === undefined) return null;
  const title = properTitle(canonicalText.slice(greatest.start, greatest.end));
  const isTitle = title !== null && title.length <= TITLE_CHARACTERS_MAX && !sections.some((name) => name.test(title));
  return isTitle ? title : null;
}
