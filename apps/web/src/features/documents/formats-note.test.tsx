import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { FormatsNote } from './formats-note.tsx';

test.each([
  [['PDF', 'RTF'], '1 more kind,'],
  [['PDF', 'RTF', 'logs'], '2 more kinds,'],
])('of %j one is usual; the others are counted', (formatKinds, count) => {
  const limits = { uploadBytesMax: 1_000, questionCharactersMax: 1_000 };
  const words = renderToStaticMarkup(<FormatsNote status={{ formatKinds, limits }} />).replaceAll(/<[^>]*>/g, '');
  expect(words).toContain(`PDF, ${count}`);
});
