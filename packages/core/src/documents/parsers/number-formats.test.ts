import { expect, test } from 'vitest';
import { formatNumber } from './number-formats.ts';

test.each<[format: string, numbers: Record<number, string>]>([
  ['decimal', { 0: '0', 7: '7', 10: '10', 5000: '5000' }],
  ['decimalZero', { 7: '07', 10: '10', 100: '100' }],
  ['ordinal', { 1: '1st', 2: '2nd', 3: '3rd', 11: '11th', 12: '12th', 21: '21st', 113: '113th' }],
  ['lowerLetter', { 0: '0', 1: 'a', 26: 'z', 27: 'aa', 28: 'bb', 53: 'aaa' }],
  ['upperLetter', { 2: 'B', 28: 'BB' }],
  ['lowerRoman', { 4: 'iv', 1994: 'mcmxciv', 4000: '4000' }],
  ['upperRoman', { 9: 'IX' }],
  ['russianLower', { 1: 'а', 2: 'б', 9: 'и', 10: 'к', 29: 'я', 30: 'аа' }],
  ['russianUpper', { 2: 'Б' }],
  ['hebrew1', { 1: 'א', 10: 'י', 11: 'יא', 15: 'טו', 16: 'טז', 20: 'כ', 99: 'צט', 100: '100' }],
  ['hebrew2', { 1: 'א', 11: 'כ', 22: 'ת', 23: '23' }],
  ['arabicAlpha', { 1: 'أ', 2: 'ب', 3: 'ت', 28: 'ي' }],
  ['arabicAbjad', { 3: 'ج', 28: 'غ' }],
  ['thaiLetters', { 1: 'ก', 3: 'ค', 4: 'ง', 41: 'ฮ' }],
  ['chineseCounting', { 1: '一', 10: '十', 11: '十一', 20: '二十', 21: '二十一', 100: '100' }],
  ['chineseCountingThousand', { 12: '十二' }],
  ['taiwaneseCountingThousand', { 12: '十二' }],
  ['japaneseCounting', { 12: '十二' }],
  ['koreanCounting', { 1: '일', 10: '십', 21: '이십일' }],
  ['ideographDigital', { 1: '一', 10: '一〇', 21: '二一', 100: '一〇〇' }],
  ['taiwaneseDigital', { 20: '二〇' }],
  ['ideographTraditional', { 1: '甲', 10: '癸', 11: '11' }],
  ['ideographZodiac', { 1: '子', 12: '亥', 13: '13' }],
  ['japaneseLegal', { 1: '1', 2: '2' }],
  ['chineseLegalSimplified', { 3: '3' }],
  ['ideographEnclosedCircle', { 3: '3' }],
  ['anythingRoman', { 3: '3' }],
  ['constructor', { 3: '3' }],
])(
  'numbers are shown as %s shows them, and in digits where it shows them in a way that is not known',
  (format, numbers) => {
    const shown = Object.keys(numbers).map((value) => [value, formatNumber(Number(value), format)]);
    expect(Object.fromEntries(shown)).toEqual(numbers);
  },
);

test('letters go on in either way', () => {
  const both = (value: number) => [formatNumber(value, 'lowerLetter'), formatNumber(value, 'lowerLetter', 'counting')];
  expect([26, 27, 28, 52, 53, 702, 703].map(both)).toEqual([
    ['z', 'z'],
    ['aa', 'aa'],
    ['bb', 'ab'],
    ['zz', 'az'],
    ['aaa', 'ba'],
    ['z'.repeat(27), 'zz'],
    ['a'.repeat(28), 'aaa'],
  ]);
});
