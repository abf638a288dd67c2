/** How numbers, sizes and times read, in the browser's language. */
const number = new Intl.NumberFormat();
const percent = new Intl.NumberFormat(undefined, { style: 'percent' });
const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const exactTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

export function formatNumber(value: number): string {
  return number.format(value);
}

/** "83 %", of a share from 0 to 1. */
export function formatPercent(share: number): string {
  return percent.format(share);
}

/** "1 passage", "3 passages". `plural` only where an s is not enough. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${number.format(count)} ${count === 1 ? singular : plural}`;
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** 1,024 bytes to the kB, as file managers count; one decimal below ten. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** "$0.00061", "€1.20": small amounts with two significant digits. A bare number while nobody says in which currency. */
export function formatCost(cost: number, currency: string | null | undefined): string {
  const digits = cost < 0.01 ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const style = currency == null ? {} : ({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const);
  return cost.toLocaleString(undefined, { ...style, ...digits });
}

export function formatDateTime(iso: string): string {
  return dateTime.format(new Date(iso));
}

/** With its seconds, where they tell what came first. */
export function formatExactTime(iso: string): string {
  return exactTime.format(new Date(iso));
}

export function formatDate(iso: string): string {
  return date.format(new Date(iso));
}

/** "42 s", "3 min 5 s", "2 h 10 min": what is left until a moment. Never shows zero while time remains. */
export function formatWait(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  return seconds < 3600 ? inTwoUnits(seconds, 'min', 's') : inTwoUnits(Math.ceil(seconds / 60), 'h', 'min');
}

function inTwoUnits(smaller: number, unit: string, smallerUnit: string): string {
  const rest = smaller % 60;
  const whole = `${Math.floor(smaller / 60)} ${unit}`;
  return rest === 0 ? whole : `${whole} ${rest} ${smallerUnit}`;
}

/** "p. 4", "pp. 4–6", "slide 3", or null for formats without pages. */
export function formatPages(from: number | null, to: number | null, kind?: 'page' | 'slide'): string | null {
  if (from === null) {
    return null;
  }
  const [one, several] = kind === 'slide' ? ['slide', 'slides'] : ['p.', 'pp.'];
  return to === null || to === from ? `${one} ${from}` : `${several} ${from}–${to}`;
}
