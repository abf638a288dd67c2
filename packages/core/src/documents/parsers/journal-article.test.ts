import { expect, test } from 'vitest';
import { outlineOf, readBytes, refusalOf } from '../../testing/read-fixture.ts';

const article = (front: string, body: string, back = '') =>
  `<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "JATS.dtd"><article article-type="research-article"><front><journal-meta><journal-id>coast</journal-id></journal-meta><article-meta>${front}</article-meta></front><body>${body}</body><back>${back}</back></article>`;
const author = (given: string, family: string) =>
  `<contrib><contrib-id>0000-1</contrib-id><name><surname>${family}</surname><given-names>${given}</given-names></name></contrib>`;

test('an article of a journal is read with title, authors, abstract, sections, captions and references', async () => {
  const front = `<article-id>10.1/1</article-id><title-group><article-title>Of CO<sub>2</sub> &amp; tides</article-title></title-group><contrib-group>${author('Ada', 'Quill')}${author('Karl', 'Sand')}</contrib-group><aff><institution>House of lamps</institution><country>Selwyn</country></aff><volume>9</volume><abstract><p>They turn twice.</p></abstract>`;
  const table = `<table-wrap><label>Table 1</label><caption><title>Tides</title></caption><table><tr><th>Day</th><th>Metres</th></tr><tr><td>One</td><td>2.4</td></tr></table></table-wrap>`;
  const body = `<sec><title>Results</title><p>It rose <xref>[1]</xref>.</p><sec><title>Springs</title><fig><label>Fig 1</label><caption><p>The quay.</p></caption></fig>${table}</sec></sec>`;
  const back = `<ref-list><title>References</title><ref><label>1</label><element-citation><person-group><name><surname>Holm</surname><given-names>P</given-names></name></person-group><article-title>On bells</article-title><year>1874</year><pub-id>10.1/2</pub-id></element-citation></ref></ref-list>`;
  const parsed = await readBytes('tides.nxml', article(front, body, back));
  expect(outlineOf(parsed)).toEqual([
    'heading1: Of CO2 & tides',
    'paragraph: Ada Quill, Karl Sand',
    'paragraph: House of lamps Selwyn',
    'heading2: Abstract',
    'paragraph: They turn twice.',
    'heading2: Results',
    'paragraph: It rose [1].',
    'heading3: Springs',
    'paragraph: Fig 1 The quay.',
    'paragraph: Table 1 Tides',
    'table: | Day | Metres |\n| --- | --- |\n| One | 2.4 |',
    'heading2: References',
    'list-item: 1 Holm P On bells 1874 10.1/2',
  ]);
  expect(parsed.title).toBe('Of CO2 & tides');
});

test('one whose sections are nested without end is damaged', async () => {
  const deep = '<sec>'.repeat(5000);
  expect(await refusalOf(readBytes('deep.nxml', article('', deep)))).toBe('corrupt');
});
