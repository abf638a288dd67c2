import { attributeOf, childElements, firstDescendant, type XmlElement } from './xml-tree.ts';

/** How a number is meant to be read. */
export type NumberStyle = 'plain' | 'date' | 'time' | 'date-time' | 'duration' | 'percent';

const MS_PER_DAY = 86_400_000;
/** Day 0 of the two calendars a workbook may count in; the older one has a day too many before March 1900. */
const dayZero = { from1900: Date.UTC(1899, 11, 30), from1904: Date.UTC(1904, 0, 1) };

/** A number as its reader sees it: dates in ISO form, percentages, and sums without the noise of binary fractions. */
export function formatNumber(value: string, style: NumberStyle, startsIn1904: boolean): string {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return value;
  if (style === 'percent') return `${withoutNoise(number * 100)}%`;
  if (style === 'plain') return withoutNoise(number);
  if (style === 'duration') return formatDuration(number);
  const zero = startsIn1904 ? dayZero.from1904 : dayZero.from1900;
  const date = new Date(zero + Math.round((number * MS_PER_DAY) / 1000) * 1000);
  if (Number.isNaN(date.getTime())) return value;
  const [day = '', time = ''] = date.toISOString().slice(0, 19).split('T');
  if (style === 'time') return time;
  return style === 'date' || time === '00:00:00' ? day : `${day} ${time}`;
}

/** A number of days as hours, however many, and minutes; seconds where there are any. */
function formatDuration(days: number): string {
  const seconds = Math.round(Math.abs(days) * 86_400);
  const twoDigits = (number: number) => String(number).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const parts = [String(hours), twoDigits(Math.floor(seconds / 60) % 60)];
  if (seconds % 60 !== 0) parts.push(twoDigits(seconds % 60));
  return `${days < 0 ? '-' : ''}${parts.join(':')}`;
}

function withoutNoise(number: number): string {
  return String(Number(number.toPrecision(15)));
}

/** The number style of each cell style, in the order cells count them. */
export function readNumberStyles(styles: XmlElement | undefined): NumberStyle[] {
  const custom = new Map<number, NumberStyle>();
  const formats = firstDescendant(styles, 'numFmts');
  for (const format of formats === undefined ? [] : childElements(formats, 'numFmt')) {
    custom.set(Number(attributeOf(format, 'numFmtId')), styleOfCode(attributeOf(format, 'formatCode') ?? ''));
  }
  const cellStyles = firstDescendant(styles, 'cellXfs');
  return (cellStyles === undefined ? [] : childElements(cellStyles, 'xf')).map((cellStyle) => {
    const id = Number(attributeOf(cellStyle, 'numFmtId') ?? 0);
    return custom.get(id) ?? styleOfBuiltin(id);
  });
}

/** ECMA-376 part 1, 18.8.30. */
export function styleOfBuiltin(id: number): NumberStyle {
  if (id === 9 || id === 10) return 'percent';
  if (id === 22) return 'date-time';
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 50 && id <= 58)) return 'date';
  if (id === 46) return 'duration';
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 36) || (id >= 45 && id <= 47)) return 'time';
  return 'plain';
}

export function styleOfCode(code: string): NumberStyle {
  // Quoted and escaped characters, colours and locales are shown or obeyed, not placeholders.
  const pattern = code.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').toLowerCase();
  if (pattern.includes('%')) return 'percent';
  // In brackets hours do not start again after a day: the number is a span of time and no time of day.
  if (/\[(?:h+|m+|s+)\]/.test(pattern)) return 'duration';
  const hasDate = /[dy]|m{3}/.test(pattern);
  const hasTime = /[hs]/.test(pattern);
  if (hasDate) return hasTime ? 'date-time' : 'date';
  return hasTime ? 'time' : 'plain';
}
