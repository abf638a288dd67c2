import { expect, test } from 'vitest';
import { isGarbled, isMoreLegible, measureLegibility } from './legibility.ts';

test.each([
  ['English', 'The agreement, signed by J.R.R. Tolkien’s heirs (NATO/IBM, Ltd.), ends on 3 May; see §4 and pp. 12-14.'],
  [
    'German',
    'Alle Menschen sind frei und gleich an Würde und Rechten geboren; die GmbH zahlt Hrn. Müller-Lüdenscheidt.',
  ],
  ['Polish', 'Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw.'],
  [
    'Czech',
    'Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. Strč prst skrz krk, čtvrt hodiny mrzl.',
  ],
  ['Vietnamese', 'Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi.'],
  ['Turkish', 'Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Kırk kırık kılıç.'],
  ['Russian', 'Все люди рождаются свободными и равными в своем достоинстве и правах.'],
  ['Arabic', 'يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق.'],
  ['Hindi', 'सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।'],
  ['Chinese', '人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心。'],
  ['numbers', '12,50 € 13.40 99 % (5) -3 2026-03-06 12:30 A4 B-12 +49 30 1234567 1,000 ± 5 3rd x 10^6 m² 5kg 20°C'],
])('a sound text is believed: %s', (_language, text) => {
  expect(isGarbled(measureLegibility(text))).toBe(false);
});

test.each([
  [
    'letters that were guessed',
    'Tl1e l|ghth0use kccpcr w@s Adq Qvi|l; Slnc kcpt tlnc l@nnp f~r f*rty ycqrs bcl0w tlnc r*cks',
  ],
  [
    'characters that stand for nothing',
    '\uFFFD\uFFFD\uFFFD \uFFFDx\uFFFD \uE012\uE013 \u0001\u0002 \u0003\u0004\u0005 on \uE015',
  ],
])('%s are no text', (_what, text) => {
  expect(isGarbled(measureLegibility(text))).toBe(true);
});

test('one reading is better than another when it holds more words among fewer scraps', () => {
  const reading = (words: number, scraps: number) => ({ words, scraps, unreadable: 0 });
  expect(isMoreLegible(reading(90, 5), reading(40, 60))).toBe(true);
  expect(isMoreLegible(reading(3, 0), reading(40, 60))).toBe(false);
  expect(isMoreLegible(reading(50, 90), reading(40, 60))).toBe(false);
});
