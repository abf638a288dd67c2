/** The numbers that are not in the name of their charset. */
const charsets = new Map([
  [932, 'shift_jis'],
  [936, 'gb18030'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [10000, 'macintosh'],
  [20866, 'koi8-r'],
  [21866, 'koi8-u'],
  [50220, 'iso-2022-jp'],
  [50221, 'iso-2022-jp'],
  [50222, 'iso-2022-jp'],
  [51932, 'euc-jp'],
  [51949, 'euc-kr'],
  [52936, 'gb18030'],
  [54936, 'gb18030'],
  [65001, 'utf-8'],
]);

/** The charset of a code page as Windows numbers them; that of Western Europe for one without a charset. */
export function charsetOfCodePage(codePage: number): string {
  const named = charsets.get(codePage);
  if (named !== undefined) return named;
  if (codePage >= 28592 && codePage <= 28606) return `iso-8859-${codePage - 28590}`;
  return (codePage >= 1250 && codePage <= 1258) || codePage === 874 ? `windows-${codePage}` : 'windows-1252';
}
