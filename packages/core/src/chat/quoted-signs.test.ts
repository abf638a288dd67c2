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
