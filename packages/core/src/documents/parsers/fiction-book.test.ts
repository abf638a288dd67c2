import { expect, test } from 'vitest';
import { outlineOf, readBytes, refusalOf } from '../../testing/read-fixture.ts';

test('a FictionBook is read with its chapters, quotes, verses and notes, and without its pictures', async () => {
  const book = `<?xml version="1.0" encoding="utf-8"?><FictionBook xmlns:l="http://www.w3.org/1999/xlink">
    <description><title-info><author><first-name>Mara</first-name><last-name>Voss</last-name></author>
    <book-title>The ferry</book-title><annotation><p>Of a crossing.</p></annotation></title-info></description>
    <body><section><title><p>Part One</p><p>Rain</p></title><epigraph><p>It <emphasis>rains</emphasis>.</p></epigraph>
    <section><title><p>At noon</p></title><p>It rained<a l:href="#n1">[1]</a>.</p>
    <poem><stanza><v>Oh rain</v><v>oh sea</v></stanza></poem></section></section></body>
    <body name="notes"><section id="n1"><p>All day.</p></section></body>
    <binary id="1">iVBORw0KGgo=</binary></FictionBook>`;
  const parsed = await readBytes('rain.fb2', book);
  expect(parsed.title).toBe('The ferry');
  expect(outlineOf(parsed)).toEqual([
    'heading1: The ferry',
    'paragraph: Mara Voss',
    'paragraph: Of a crossing.',
    'heading2: Part One Rain',
    'quote: It rains.',
    'heading3: At noon',
    'paragraph: It rained[1].',
    'paragraph: Oh rain\noh sea',
    'paragraph: All day.',
  ]);
});

test('a FictionBook whose sections are nested without end is damaged', async () => {
  const sections = (depth: number) =>
    `<FictionBook><body>${'<section>'.repeat(depth)}<p>Rain.</p>${'</section>'.repeat(depth)}</body></FictionBook>`;
  for (const depth of [1000, 20_000]) expect(await refusalOf(readBytes('deep.fb2', sections(depth)))).toBe('corrupt');
  expect(outlineOf(await readBytes('rain.fb2', sections(20)))).toEqual(['paragraph: Rain.']);
});
