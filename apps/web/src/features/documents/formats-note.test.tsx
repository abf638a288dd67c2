import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { FormatsNote } from './formats-note.tsx';

test.each([
  [['.pdf', '.rtf'], '1 more kind,'],
  [['.pdf', '.rtf', '.log'], '2 more kinds,'],
])('of %j one is usual; the others are counted', (formats, count) => {
  const limits = { uploadBytesMax: 1_000, questionCharactersMax: 1_000 };
  const words = renderToStaticMarkup(<FormatsNote status={{ formats, limits }} />).replaceAll(/<[^>]*>/g, '');
  expect(words).toContain(`PDF, ${count}`);
});
