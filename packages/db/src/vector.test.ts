import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { vectorText } from './vector.ts';

test('a vector is the same to the last bit when its text is read as single precision', () => {
  const vectors = fc.float32Array({ minLength: 1, maxLength: 20, noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(vectors, (vector) => {
      const read = Float32Array.from(vectorText(vector).slice(1, -1).split(','), Number);
      // A negative zero has lost its sign: it points nowhere all the same.
      expect(read).toEqual(vector.map((component) => component || 0));
    }),
  );
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('a component that is %s is refused', (component) => {
  expect(() => vectorText(Float32Array.of(1, component))).toThrow(RangeError);
});
