const romanDigits = [
  ['m', 1000],
  ['cm', 900],
  ['d', 500],
  ['cd', 400],
  ['c', 100],
  ['xc', 90],
  ['l', 50],
  ['xl', 40],
  ['x', 10],
  ['ix', 9],
  ['v', 5],
  ['iv', 4],
  ['i', 1],
] as const;
/** Beyond, no program writes letters or Roman numbers that anybody would read. */
const SPELT_MAX = 3999;
const chineseDigits = '〇 一 二 三 四 五 六 七 八 九'.split(' ');

/** A number as Office numbers its lists with it; in digits where the way is none of those in use, or the number too large for it. */
export function formatNumber(value: number, format: string): string {
  const isSpelt = value >= 1 && value <= SPELT_MAX;
  if (format === 'decimalZero') return String(value).padStart(2, '0');
  if (isSpelt && /roman$/i.test(format)) return inCaseOf(format, toRoman(value));
  if (isSpelt && /letter$/i.test(format)) return inCaseOf(format, toLetters(value));
  if (value >= 1 && value <= 99 && /^(?:chinese|taiwanese|japanese|korean|ideograph)/i.test(format)) {
    return toChinese(value);
  }
  if (format === 'ordinal') return `${value}${ordinalEnding(value)}`;
  return String(value);
}

function inCaseOf(format: string, text: string): string {
  return format.startsWith('upper') ? text.toUpperCase() : text;
}

function toRoman(value: number): string {
  let rest = value;
  let text = '';
  for (const [digit, worth] of romanDigits) {
    for (; rest >= worth; rest -= worth) text += digit;
  }
  return text;
}

/** After z come aa, bb and so on. */
function toLetters(value: number): string {
  const letter = String.fromCodePoint(97 + ((value - 1) % 26));
  return letter.repeat(Math.ceil(value / 26));
}

function toChinese(value: number): string {
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  const ending = ones === 0 && tens > 0 ? '' : (chineseDigits[ones] ?? '');
  return tens === 0 ? ending : `${tens === 1 ? '' : chineseDigits[tens]}十${ending}`;
}

function ordinalEnding(value: number): string {
  if (value % 100 >= 11 && value % 100 <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th';
}
