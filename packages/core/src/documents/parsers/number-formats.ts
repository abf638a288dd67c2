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
/** Of ways that go only as far as tens do. */
const COUNTED_MAX = 99;

/** Letters that go on behind the last. Russian lists leave some letters out. */
const alphabets = new Map(
  Object.entries({
    lowerLetter: 'abcdefghijklmnopqrstuvwxyz',
    upperLetter: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    russianLower: 'абвгдежзиклмнопрстуфхцчшщыэюя',
    russianUpper: 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ',
    arabicAlpha: 'أبتثجحخدذرزسشصضطظعغفقكلمنهوي',
    arabicAbjad: 'أبجدهوزحطيكلمنسعفصقرشتثخذضظغ',
    thaiLetters: 'กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ',
  }),
);
/** Signs behind the last of which digits go on. */
const once = new Map(
  Object.entries({
    hebrew2: 'אבגדהוזחטיכלמנסעפצקרשת',
    ideographTraditional: '甲乙丙丁戊己庚辛壬癸',
    ideographZodiac: '子丑寅卯辰巳午未申酉戌亥',
  }),
);
const chinese = '〇一二三四五六七八九';
/** Ten digits and the sign for ten: twelve is ten-two, twenty two-ten. */
const counted = new Map(
  Object.entries({
    chineseCounting: `${chinese}十`,
    chineseCountingThousand: `${chinese}十`,
    taiwaneseCounting: `${chinese}十`,
    taiwaneseCountingThousand: `${chinese}十`,
    japaneseCounting: `${chinese}十`,
    koreanCounting: '영일이삼사오육칠팔구십',
  }),
);
/** Ten digits that take the places of ours. */
const positional = new Map(
  Object.entries({
    ideographDigital: chinese,
    taiwaneseDigital: chinese,
    koreanDigital2: chinese,
  }),
);

/** What comes after z, aa: bb, as in Office, or ab, as on the web and mostly in OpenDocument. */
export type LettersGoOn = 'repeating' | 'counting';

/** A number as Office numbers its lists with it; in digits where the way is none of these, or the number too large for it. */
export function formatNumber(value: number, format: string, lettersGoOn: LettersGoOn = 'repeating'): string {
  if (format === 'decimalZero') return String(value).padStart(2, '0');
  if (format === 'ordinal') return `${value}${ordinalEnding(value)}`;
  const isSpelt = Number.isInteger(value) && value >= 1 && value <= SPELT_MAX;
  return (isSpelt ? spell(value, format, lettersGoOn) : undefined) ?? String(value);
}

function spell(value: number, format: string, lettersGoOn: LettersGoOn): string | undefined {
  if (format === 'lowerRoman') return toRoman(value);
  if (format === 'upperRoman') return toRoman(value).toUpperCase();
  const letters = alphabets.get(format);
  if (letters !== undefined)
    return lettersGoOn === 'counting' ? countLetters(value, letters) : repeatLetter(value, letters);
  const digits = positional.get(format);
  if (digits !== undefined) return String(value).replace(/\d/g, (digit) => digits.charAt(Number(digit)));
  if (value > COUNTED_MAX) return undefined;
  if (format === 'hebrew1') return toHebrew(value);
  const signs = counted.get(format);
  return signs === undefined ? once.get(format)?.[value - 1] : toCounted(value, signs);
}

function toRoman(value: number): string {
  let rest = value;
  let text = '';
  for (const [digit, worth] of romanDigits) {
    for (; rest >= worth; rest -= worth) text += digit;
  }
  return text;
}

function countLetters(value: number, letters: string): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / letters.length)) {
    text = letters.charAt((rest - 1) % letters.length) + text;
  }
  return text;
}

function repeatLetter(value: number, letters: string): string {
  return letters.charAt((value - 1) % letters.length).repeat(Math.ceil(value / letters.length));
}

function toCounted(value: number, signs: string): string {
  const [tens, ones] = [Math.floor(value / 10), value % 10];
  const ending = ones === 0 ? '' : signs.charAt(ones);
  return tens === 0 ? ending : `${tens === 1 ? '' : signs.charAt(tens)}${signs.charAt(10)}${ending}`;
}

/** Fifteen and sixteen would spell the name of God. */
function toHebrew(value: number): string {
  if (value === 15 || value === 16) return value === 15 ? 'טו' : 'טז';
  return `${' יכלמנסעפצ'.charAt(value / 10).trim()}${' אבגדהוזחט'.charAt(value % 10).trim()}`;
}

function ordinalEnding(value: number): string {
  if (value % 100 >= 11 && value % 100 <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th';
}
