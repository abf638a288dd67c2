import { codePageOfLocale } from './code-page-of-locale.ts';
import { charsetOfCodePage } from './code-pages.ts';
import { type DocFile, docTables } from './doc-file.ts';
import { readSprms, sprm } from './doc-sprms.ts';
import { listStyles } from './doc-styles.ts';
import { charsetOfFont } from './rtf-groups.ts';

/** The charset of characters of one byte, by what is set for them and the style of their paragraph. */
export type CharsetOf = (sprms: Buffer, style: number) => string;

const LANGUAGE_AT = 0x06;
const STYLES_NESTING_MAX = 20;

/** Word 97 has for such characters the charset of Western Europe; before, it was that of their font. */
export function openDocCharsets(doc: DocFile): CharsetOf {
  if (!doc.layout.isOld) return () => 'windows-1252';
  const charsets = listFontCharsets(doc.tableAt(docTables.fonts).content);
  const usual = charsetOfCodePage(codePageOfLocale(doc.main.readUInt16LE(LANGUAGE_AT)) ?? 0);
  const styles = new Map(listStyles(doc).map((style) => [style.index, style]));
  const fontOfStyle = (index: number): number => {
    let style = styles.get(index);
    for (let depth = 0; style !== undefined && depth < STYLES_NESTING_MAX; depth += 1) {
      const font = fontIn(style.looks);
      if (font !== undefined) return font;
      style = styles.get(style.base);
    }
    return 0;
  };
  return (sprms, style) => charsets[fontIn(sprms) ?? fontOfStyle(style)] ?? usual;
}

function fontIn(sprms: Buffer): number | undefined {
  let font: number | undefined;
  for (const { code, value } of readSprms(sprms)) if (code === sprm.font) font = value.readUInt16LE(0);
  return font;
}

/** By the numbers of fonts; undefined for those of no charset in particular. */
function listFontCharsets(table: Buffer): (string | undefined)[] {
  const charsets: (string | undefined)[] = [];
  for (let at = 2; at + 5 <= table.byteLength; at += 1 + table.readUInt8(at)) {
    charsets.push(charsetOfFont(table.readUInt8(at + 4)));
  }
  return charsets;
}
