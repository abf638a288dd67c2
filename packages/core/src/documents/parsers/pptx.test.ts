import { makePptx } from '@twin/testing/fixtures/pptx';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture } from '../../testing/read-fixture.ts';
import { listSlideParts } from './pptx-shapes.ts';
import { parseMarkup } from './xml-tree.ts';

test('each slide is a section and a page in the order it is shown, with its table and its notes', async () => {
  const parsed = await readFixture('talk.pptx');
  expect(outlineOf(parsed)).toEqual([
    'heading1: Why bridges sing',
    'list-item: Wind makes cables hum.',
    'list-item: Dampers make them stop.',
    'heading1: Measured tones',
    'table: | Bridge | Hertz |\n| --- | --- |\n| North | 41 |\n| South | 38 |',
    'heading2: Notes',
    'paragraph: Play the recording here & wait.',
    'heading1: Slide 3',
    'paragraph: Picture: A cable with a damper',
  ]);
  expect(parsed.pageCount).toBe(3);
  expect(parsed.blocks.map((block) => block.page)).toEqual([1, 1, 1, 2, 2, 2, 2, 3, 3]);
});

test('what was written about a slide is told after it, by whichever program', async () => {
  const comments = { older: 'Say which wind.', newer: 'From the west.' };
  const parsed = await readBytes('reviewed.pptx', makePptx([{ title: 'Wind', comments }]));
  expect(outlineOf(parsed)).toEqual([
    'heading1: Wind',
    'paragraph: Comment: Say which wind.',
    'paragraph: Comment: From the west.',
  ]);
});

test('steps on a slide carry the numbers that they show', () => {
  const step = (text: string, type: string, more = '') =>
    `<a:p><a:pPr ${more}>${type === '' ? '' : `<a:buAutoNum type="${type}"/>`}</a:pPr><a:r><a:t>${text}</a:t></a:r></a:p>`;
  const steps = [
    step('Climb', 'arabicPeriod'),
    step('Left stair', 'alphaLcParenR', 'lvl="1"'),
    step('Right stair', 'alphaLcParenR', 'lvl="1"'),
    '<a:p><a:pPr><a:buAutoNum type="arabicPeriod"/></a:pPr></a:p>',
    step('Light', 'arabicPeriod'),
    step('Rest', ''),
    step('Anew', 'romanUcParenBoth'),
  ];
  const slide = `<p:sld><p:cSld><p:spTree><p:sp><p:txBody>${steps.join('')}</p:txBody></p:sp></p:spTree></p:cSld></p:sld>`;
  const root = parseMarkup(new TextEncoder().encode(slide));
  expect([...listSlideParts(root!)].map((part) => 'text' in part && part.text)).toEqual([
    '1. Climb',
    'a) Left stair',
    'b) Right stair',
    '',
    '2. Light',
    'Rest',
    '(I) Anew',
  ]);
});

test.each(['-2', '1.5', '9', '1e9', 'x'])('a step whose level is no level (%s) is read at the first', (level) => {
  const step = (text: string, more: string) =>
    `<a:p><a:pPr ${more}><a:buAutoNum type="arabicPeriod"/></a:pPr><a:r><a:t>${text}</a:t></a:r></a:p>`;
  const steps = step('Climb', 'lvl="0"') + step('Rest', `lvl="${level}"`);
  const slide = `<p:sld><p:cSld><p:spTree><p:sp><p:txBody>${steps}</p:txBody></p:sp></p:spTree></p:cSld></p:sld>`;
  const root = parseMarkup(new TextEncoder().encode(slide));
  expect([...listSlideParts(root!)].map((part) => 'text' in part && part.text)).toEqual(['1. Climb', '2. Rest']);
});
