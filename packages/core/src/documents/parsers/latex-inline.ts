import { withAddress } from './link-address.ts';

/** Commands of which nothing is shown, with what is given to them. */
const unseen =
  'label|vspace|hspace|includegraphics|input|include|usepackage|documentclass|bibliographystyle|bibliography|pagestyle|thispagestyle|setlength|addtolength|setcounter|newcommand|renewcommand|definecolor|color|index|phantom|hypersetup|geometry|centering|noindent';
const unseenCommand = new RegExp(
  String.raw`\\(?:${unseen}|begin|end)\*?(?![a-zA-Z])(?:\s*\[[^\]]{0,500}\]|\s*\{[^{}]*\})*`,
  'g',
);
const references = /\\(?:cite[a-z]*|ref|eqref|autoref|cref|Cref|pageref|nameref)\*?(?:\[[^\]]{0,500}\])*\{([^{}]*)\}/g;
const accents: Record<string, string> = {
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '"': '\u0308',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  c: '\u0327',
  v: '\u030c',
  H: '\u030b',
  r: '\u030a',
  u: '\u0306',
};
const letters: Record<string, string> = {
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  i: 'i',
  aa: 'å',
  AA: 'Å',
  LaTeX: 'LaTeX',
  TeX: 'TeX',
  ldots: '…',
  dots: '…',
  textbackslash: '\\',
  S: '§',
  copyright: '©',
  euro: '€',
  quad: ' ',
  qquad: ' ',
  newline: ' ',
};

/** The text of a piece of LaTeX as it is shown. Formulas stay as they are typed. */
export function latexInline(source: string): string {
  return source
    .split(/(?<!\\)(\$\$?[^$]+\$\$?|\\\((?:(?!\\\()[^])*?\\\)|\\\[(?:(?!(?<!\\)\\\[)[^])*?\\\])/)
    .map((part, index) => (index % 2 === 1 ? part : shownText(part)))
    .join('');
}

function shownText(source: string): string {
  let text = source
    // What stands behind a line break is no name of a command.
    .replace(/\\\\\*?(?:\[[^\]\n]{0,40}\])?/g, ' ')
    .replace(unseenCommand, '')
    .replace(references, '[$1]')
    .replace(
      /\\(['`^"~=.]|[cvHru](?=\s*\{|\s+[a-zA-Z]))\s*\{?\\?([a-zA-Z])\}?/g,
      (_, accent: string, letter: string) => {
        return (letter + (accents[accent] ?? '')).normalize('NFC');
      },
    )
    .replace(/\\url\s*\{([^{}]*)\}/g, '$1')
    .replace(/\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, (_, address: string, words: string) =>
      withAddress(words, address),
    )
    .replace(/\\footnote\s*\{([^{}]*)\}/g, ' ($1)');
  // From the inside out, until nothing is left to take off.
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/\\([a-zA-Z]+)\*?\s*(?:\[[^\]]{0,500}\]\s*)?\{([^{}]*)\}/g, '$2');
  }
  return text
    .replace(/\\([a-zA-Z]+)\*?[^\S\n]*/g, (_, name: string) => letters[name] ?? '')
    .replace(/\\([%&$#_{}])/g, '\ufdd0$1')
    .replace(/\\[,;:! @/-]/g, ' ')
    .replace(/(?<!\ufdd0)[{}]/g, '')
    .replaceAll('\ufdd0', '')
    .replaceAll('---', '—')
    .replaceAll('--', '–')
    .replace(/``|''/g, '"')
    .replaceAll('~', ' ');
}
