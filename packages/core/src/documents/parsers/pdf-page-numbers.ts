import type { PdfLine } from './pdf-lines.ts';

/** What says in front of a number that it is a page's. */
const pageWord = String.raw`(?:page|pages|pg\.?|p\.|seite|s\.|página|pagina|pág\.|pag\.|sida|side|sivu|strona|str\.|strana|oldal|sayfa|страница|стр\.|σελίδα|第)`;
const total = String.raw`(?:\s*(?:of|\/|von|de|di|sur|van|av|af|z|из)\s*(\d{1,5}))?`;
const numbered = new RegExp(
  String.raw`^[-–—•·|\[(]*\s*(${pageWord})?\s*(\d{1,5}|[ivxlc]{1,7})${total}\s*(?:頁|页|ページ)?\s*[-–—•·|\])]*$`,
  'iu',
);
/** Where parts of a running head meet, other than at a wide gap. */
const separator = /\s+[|·•–—/-]\s+|\s*\|\s*/u;

/**
 * What a line may be called to find it on other pages: with its numbers as those of the page, which are the same where they grow with
 * the pages, and with its numbers as they are. Left and right pages may have its parts in another order.
 */
export function namesOfLine({ pieces, page }: Pick<PdfLine, 'pieces' | 'page'>): { key: string; words: string }[] {
  const parts = pieces.flatMap((piece) => piece.split(separator)).map((part) => part.trim());
  const nameBy = (toKey: (part: string) => string) => parts.map(toKey).toSorted().join('|');
  const literal = (part: string) => part.toLowerCase().replace(/\s+/gu, ' ');
  const byWords = { key: nameBy(literal), words: pieces.join(' ') };
  if (parts.every((part) => numberOf(part) === undefined)) return [byWords];
  const byPage = nameBy((part) => `#${(numberOf(part) ?? Number.NaN) - page}`.replace('#NaN', literal(part)));
  return [{ key: byPage, words: pieces.map(withoutNumbers).filter(Boolean).join(' ') }, byWords];
}

/** Whether nothing else than a page's own number stands on a line, which says so: “Page 2 of 7”. */
export function numbersPage({ pieces, page }: Pick<PdfLine, 'pieces' | 'page'>): boolean {
  return pieces.every((piece) => numbered.exec(piece)?.[1] !== undefined && numberOf(piece) === page);
}

function withoutNumbers(piece: string): string {
  const parts = piece.split(separator);
  return parts.every((part) => numberOf(part) === undefined)
    ? piece
    : parts.filter((part) => numberOf(part) === undefined).join(' ');
}

function numberOf(part: string): number | undefined {
  const digits = numbered.exec(part.trim())?.[2];
  if (digits === undefined) return undefined;
  return /^\d/u.test(digits) ? Number(digits) : romanNumber(digits.toLowerCase());
}

const romanDigits: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

function romanNumber(digits: string): number {
  const values = digits.split('').map((digit) => romanDigits[digit] ?? 0);
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
}
