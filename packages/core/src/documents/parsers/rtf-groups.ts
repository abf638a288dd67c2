/** What a group sets until it closes. */
export interface RtfGroup {
  /** Where the text of the group goes. */
  destination: 'body' | 'field' | 'font-table' | 'running' | 'style-sheet' | 'text-box' | 'title' | 'unseen';
  charset: string;
  /** How many bytes after a Unicode character say the same for programs that know none. */
  skipCount: number;
  isHidden: boolean;
  /** Of the group that shows what a link says: where it leads, and the paragraph it is in, with how many pieces were there before it. */
  link?: { address: string; text: string[]; start: number } | undefined;
}

/** Where a field leads that is a link out of the document; its instruction may name a place there, or how to open it, before. */
export function addressOfField(instruction: string): string | undefined {
  return /^\s*HYPERLINK\s+(?:\\[mn]\s+|\\[ot]\s+"[^"]*"\s+)*"?([^"\s]+)"?/i.exec(instruction)?.[1];
}

/** Groups whose text is not the document's. Any group that starts with `\*` is another. */
const unseenDestinations = new Set(
  `
    colortbl listtable listoverridetable revtbl rsidtbl generator info pict object filetbl themedata colorschememapping
    datastore latentstyles xmlnstbl bkmkstart bkmkend
    shprslt author operator company category doccomm keywords subject creatim revtim printim nonshppict shpinst panose falt atnid atnauthor atntime atndate atnref atnicn
  `
    .trim()
    .split(/\s+/),
);

export function destinationOf(word: string): RtfGroup['destination'] | undefined {
  if (word === 'fonttbl') return 'font-table';
  if (word === 'stylesheet') return 'style-sheet';
  if (word === 'fldinst') return 'field';
  if (word === 'title') return 'title';
  // Inside of a drawing, whose other parts are not shown. What is remarked on a paragraph, and its footnotes, are told after it as well.
  if (word === 'shptxt' || word === 'annotation' || word === 'footnote') return 'text-box';
  if (/^(?:header|footer)[lrf]?$/.test(word)) return 'running';
  return unseenDestinations.has(word) ? 'unseen' : undefined;
}

/** Characters that have a control word of their own. */
export const namedCharacters = new Map([
  ['emdash', '—'],
  ['endash', '–'],
  ['bullet', '•'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['emspace', ' '],
  ['enspace', ' '],
  ['tab', '\t'],
  ['line', '\n'],
]);

/** Windows font character sets, by number. */
const fontCharsets = new Map([
  [77, 'macintosh'],
  [128, 'shift_jis'],
  [129, 'euc-kr'],
  [134, 'gb18030'],
  [136, 'big5'],
  [161, 'windows-1253'],
  [162, 'windows-1254'],
  [163, 'windows-1258'],
  [177, 'windows-1255'],
  [178, 'windows-1256'],
  [186, 'windows-1257'],
  [204, 'windows-1251'],
  [222, 'windows-874'],
  [238, 'windows-1250'],
]);

export function charsetOfFont(fcharset: number): string | undefined {
  return fontCharsets.get(fcharset);
}
