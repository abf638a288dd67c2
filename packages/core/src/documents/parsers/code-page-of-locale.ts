/** The code pages of Windows in languages that are not written in that of Western Europe, by the number of the language. */
const codePages = new Map([
  [0x01, 1256],
  [0x02, 1251],
  [0x04, 936],
  [0x05, 1250],
  [0x08, 1253],
  [0x0d, 1255],
  [0x0e, 1250],
  [0x11, 932],
  [0x12, 949],
  [0x15, 1250],
  [0x18, 1250],
  [0x19, 1251],
  [0x1b, 1250],
  [0x1c, 1250],
  [0x1e, 874],
  [0x1f, 1254],
  [0x20, 1256],
  [0x22, 1251],
  [0x23, 1251],
  [0x24, 1250],
  [0x25, 1257],
  [0x26, 1257],
  [0x27, 1257],
  [0x29, 1256],
  [0x2a, 1258],
  [0x2f, 1251],
]);
/** Of Taiwan, Hong Kong and Macao. */
const traditionalChinese = new Set([0x0404, 0x0c04, 0x1404]);

/** The code page of a Windows locale ([MS-LCID]); undefined for those of Western Europe, which are set everywhere. */
export function codePageOfLocale(locale: number): number | undefined {
  return traditionalChinese.has(locale) ? 950 : codePages.get(locale & 0x3ff);
}
