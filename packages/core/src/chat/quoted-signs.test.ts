import { describe, expect, test } from 'vitest';
import { locateQuote } from './locate-quote.ts';

describe('what is said by signs that are no words', () => {
  const marked = `Deploy ✅ web ❌ worker by Zoë. It fell by .5 points at 40 MW and 20 kB. The board is 6′ 2″ wide, 5" thick.
if (!ready && count_max >= 7 || done) total = rates[0] * 3; // in C# and/or Go
The city has 1 250 000 people, 三十万人 work at −5 ℃ there, ٤٠٪ of them at 4٫5 km/h.
The old valve here, which is not new, is never safe for children under three. 使用iPhone手机很好。น้ำท่วม שָׁלוֹם
* first point of it
● second point of it`;
  test.each([
    ['web ❌ worker by zoë'],
    ['fell by .5  points at 40 MW and 20 kB'],
    [`the board is 6′ 2″ wide, 5" thick`],
    ['if (!ready && count_max >= 7 || done)  total'],
    ['city has 1 250 000 people'],
    ['The old valve here … is never safe for children'],
    ['iPhone手机很好'],
    ['* first point of it second point of it'],
    ['三十万人  work at -5 ℃ there, ٤٠٪ of'],
  ])('found: %s', (quote) => {
    expect(locateQuote(marked, quote)).toBeDefined();
  });
  test.each([
    ['Deploy ❌ web ✅ worker by'],
    ['Deploy web worker by Zoë. It'],
    ['It fell by 5 points at 40 MW'],
    ['5 points at 40 MW'],
    ['points at 40 mW and 20 kB'],
    ['points at 40 MW and 20 kb'],
    ['The board is 6″ 2′ wide, 5'],
    ["2″ wide, 5' thick. if"],
    ['if (ready && count_max >= 7'],
    ['if (!ready || count_max >= 7'],
    ['if (!ready && count max >= 7'],
    ['max >= 7'],
    ['|| done) total = rates * 3; // in C# and/or Go The city has'],
    ['total = rates[0] / 3; // in C#'],
    ['rates[0] * 3; // in C and/or Go'],
    ['has 1 250'],
    ['250 000 people'],
    ['十万人'],
    ['万人 work at −5'],
    ['work at −5'],
    ['there, ٤٠ of them at'],
    ['٫5 km/h'],
    ['of them at 4٫5 km'],
    ['The old valve here, which is not new, is … safe for children under three'],
    ['น้'],
    ['שָׁלוֹ'],
  ])('not found: %s', (quote) => {
    expect(locateQuote(marked, quote)).toBeUndefined();
  });
});

describe('of texts of one sentence', () => {
  test.each([
    ['The panel is 6” wide and 4” high overall.', 'The panel is 6" wide and 4" high overall.'],
    ['The panel is 6" wide and 4" high overall.', 'The panel is 6” wide and 4” high overall.'],
    ['The panel is 6” wide and 4” high overall.', '“The panel is 6” wide and 4” high overall.”'],
    ['The panel is 6” wide and 4” high overall.', '"The panel is 6″ wide and 4" high overall".'],
    [`The panel is wide${' and wide'.repeat(40)}, 6 by 4.`, `“the panel is wide${' and wide'.repeat(40)}, 6”.`],
    ['The panel is 6" wide and 4" high overall.', '“The panel is 6" wide and 4"”.'],
    ['The panel is 6’ wide and 4’ high overall.', "The panel is 6' wide and 4' high overall."],
    ["The panel is 6' wide and 4' high overall.", 'The panel is 6’ wide and 4’ high overall.'],
    ['We call it “Model 6” and “Model 7” here.', 'it "Model 6" and "Model 7" here'],
    ['We call it “Model 6” and “Model 7” here.', 'We CALL it “Model 6'],
    ['“Model 6” and the “Model 7”', '"Model 6" and the'],
    ['Das ist „Modell 6“ und „Modell 7“ hier.', 'ist "Modell 6" und "Modell 7" hier'],
    ['Sie sagten“wir haben 6”und gingen.', 'WIR haben 6'],
    ['项目一一般规定如下所述', '一般规定如下所述'],
    ['项目一一般规定如下所述', '项目一'],
    ['Please call ☎ 12345 any time of the day', 'Please call 12345 any time of the day'],
    ['Please call 12345 any time of the day', 'Please call ☎️ 12345 any time of the day'],
    ['The language is C# and nothing else.', 'The language is C#'],
    ['The language is C++ and nothing else.', 'The language is C++'],
    ['The rule--as it is written--holds.', 'The rule'],
    ['The rule - as it is written - holds.', 'The rule'],
    ['The rule – as it is written – holds.', 'The RULE'],
    ['The rule is a-\ngain the same.', 'is again the same'],
  ])('%s says: %s', (text, quote) => {
    expect(locateQuote(text, quote)).toBeDefined();
  });
  test.each([
    ['The panel is 6” wide and 4” high overall.', "The panel is 6' wide and 4' high overall."],
    ['The panel is 6” wide and 4” high overall.', 'The panel is 6 wide and 4 high overall.'],
    ['三十万人在那里工作', '十万人在那里工作'],
    ['二〇一一年的规定如下', '一年的规定如下'],
    ['一万人在那里工作', '万人在那里工作'],
    ['Readers rate it ★★★☆☆ on the whole', 'Readers rate it ★★★★☆ on the whole'],
    ['Readers rate it ★★★☆☆ on the whole', 'Readers rate it on the whole'],
    ['Our new plan ★ is the best of them', 'Our new plan is the best of them'],
    ['| Red beet | 4 | 585,10 € | ○ |', '| Red beet | 4 | 585,10 € | ☆ |'],
    ['Readers rate it ★★★☆☆ on the whole', 'Readers rate it ★★★'],
    ['Deploys work ✅ here on the whole', 'Deploys work here on the whole'],
    ['The language is C# and nothing else.', 'The language is C'],
    ['The language is C++ and nothing else.', 'The language is C'],
    ['The language is C++ and nothing else.', 'The language is C+'],
    ['The language is C++17 and nothing else.', 'The language is C'],
    ['It requires 5+ years of work.', 'It requires 5'],
    ['It was rated A- by the agency.', 'It was rated A'],
    ['It was rated A- by the agency.', 'It was rated A by the agency'],
    ['It was rated BBB-.', 'It was rated BBB'],
  ])('%s does not say: %s', (text, quote) => {
    expect(locateQuote(text, quote)).toBeUndefined();
  });
});

test.each(['O’Brien sold it; it doesn’', "O'Brien sold it; it doesn'", 'it doesn', 't strike the hours'])(
  'a contraction is not cut: “%s” is not found',
  (quote) => {
    expect(locateQuote('O’Brien sold it; it doesn’t strike the hours of l’homme.', quote)).toBeUndefined();
    expect(locateQuote("O'Brien sold it; it doesn't strike the hours of l'homme.", quote)).toBeUndefined();
  },
);

test('a word behind an elided one is found by itself', () => {
  expect(locateQuote('Les heures de l’homme qui attend.', 'homme qui attend')).toBeDefined();
});
