import { expect, test } from 'vitest';
import { readEquationField } from './equation-field.ts';

test.each([
  [String.raw`EQ \* jc2 \* "Font:MS Mincho" \* hps10 \o\ad(\s\up 9(とうきょう),東京)`, '東京'],
  [String.raw` eq \* jc0 \* "Font:SimSun" \* hps10 \o(\s\up 9(pīn),拼) `, '拼'],
  [String.raw`EQ \o\ac(○,1)`, '1'],
  [String.raw`EQ \f(1,2)`, '1/2'],
  [String.raw`EQ x = \f(a+b,2)`, 'x = (a+b)/2'],
  [String.raw`EQ \f(\f(1,2),3)`, '(1/2)/3'],
  [String.raw`EQ \f(1,5;2)`, '1,5/2'],
  [String.raw`EQ \o(\s\up 9(a),b\,c\)d)`, 'b,c)d'],
  // Not read: roots, sums, what is not closed, and what no person writes.
  [String.raw`EQ \r(3,x)`, ''],
  [String.raw`EQ \i\su(1,5,3)`, ''],
  [String.raw`EQ \f(1,2`, ''],
  [`EQ ${String.raw`\f(`.repeat(10_000)}`, ''],
])('the text of %s', (instruction, text) => {
  expect(readEquationField(instruction)).toBe(text);
});
