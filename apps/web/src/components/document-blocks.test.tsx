import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { DocumentBlocks } from './document-blocks.tsx';

const block = {
  kind: 'paragraph',
  level: 0,
  start: 0,
  newPage: 3,
  parts: [{ text: 'Bees.', marked: false }],
} as const;

test.each([
  ['page', 'Page 3'],
  ['slide', 'Slide 3'],
] as const)('where a %s begins is called what it is', (pageKind, mark) => {
  const markup = renderToStaticMarkup(
    <DocumentBlocks blocks={[{ ...block, parts: [...block.parts] }]} pageKind={pageKind} />,
  );
  expect(markup.replaceAll(/<[^>]*>/g, '')).toBe(`${mark}Bees.`);
});
