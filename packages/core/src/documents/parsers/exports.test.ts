import { makeZip } from '@twin/testing/fixtures/zip';
import { isSlow } from '@twin/testing/slow-work';
import { describe, expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const text = (content: string) => new TextEncoder().encode(content);
const data = `data:image/png;base64,${'iVBORw0KGgoAAAAN'.repeat(100)}`;

describe('documents of Google Docs', () => {
  const sheet = `@import url(https://themes.example/css);ol.lst-kix_d-0.start{counter-reset:lst-ctn-kix_d-0 0}
    .lst-kix_d-0>li:before{content:"" counter(lst-ctn-kix_d-0,decimal) ". "}
    .lst-kix_d-1>li:before{content:"" counter(lst-ctn-kix_d-0,decimal) "." counter(lst-ctn-kix_d-1,lower-latin) ") "}
    .lst-kix_b-0>li:before{content:"\\0025cf   "}.c1{font-weight:700}.title{font-size:26pt}`;
  const item = (words: string) => `<li class="c4 li-bullet-0"><span class="c2">${words}</span></li>`;
  const page = `<html><head><meta content="text/html; charset=UTF-8"><style type="text/css">${sheet}</style></head>
    <body class="c9 doc-content"><p class="c8 title" id="h.a1"><span class="c2">Harbour handbook</span></p><h1 id="h.b"><span>Oil</span></h1>
    <p class="c4"><span class="c2">Take </span><span class="c1">rape oil</span><span>, see </span><span><a
    href="https://www.google.com/url?q=https://oil.example/guide%3Fa%3D1&amp;sa=D&amp;source=editors&amp;ust=17&amp;usg=AO">the guide</a></span></p>
    <ul class="lst-kix_b-0 start">${item('Trim')}</ul><ol class="lst-kix_d-0 start" start="1">${item('Open')}</ol>
    <ol class="lst-kix_d-1 start" start="1">${item('slowly')}${item('fully')}</ol><ol class="lst-kix_d-0" start="2">${item('Light')}</ol>
    <ol class="lst-kix_d-1 start" start="1">${item('both')}</ol></body></html>`;
  const outline = [
    'heading1: Harbour handbook',
    'heading1: Oil',
    'paragraph: Take rape oil, see the guide (https://oil.example/guide?a=1)',
    'list-item: Trim',
    'list-item: 1. Open',
    'list-item: 1.a) slowly',
    'list-item: 1.b) fully',
    'list-item: 2. Light',
    'list-item: 2.a) both',
  ];

  test('as a web page have their title, the numbers of their style sheet and links that lead where they say', async () => {
    const parsed = await readBytes('handbook.html', page);
    expect(outlineOf(parsed)).toEqual(outline);
    expect(parsed.title).toBe('Harbour handbook');
    const archive = makeZip({ 'Harbourhandbook.html': text(page), 'images/image1.png': text('no picture') });
    const inArchive = await readBytes('handbook.zip', archive);
    expect(inArchive.title).toBe('Harbour handbook');
    expect(outlineOf(inArchive)).toContain('list-item: 1.a) slowly');
  });

  test('as Markdown have no data of pictures in their text, nor names of headings', async () => {
    const markdown = `# **Oil** {#oil}\n\n![][image1]\n\nTake it. ![lamp](${data})\n[image1]: <${data}>\n\nAs text: ${data} here.`;
    expect(outlineOf(await readBytes('handbook.md', markdown))).toEqual([
      'heading1: Oil',
      'paragraph: Take it. lamp',
      'paragraph: As text: data:image/png;base64, here.',
    ]);
  });
});

test('pages of Notion that have one name are kept apart by names that the archive has', async () => {
  const [one, two, three] = ['0123456789abcdef', 'fedcba9876543210', '0011223344556677'].map((half) => half + half);
  const names = [`Oil ${one}.md`, `Oil ${two}.md`, 'Oil (2).md', `Wick ${three}.md`];
  const archive = makeZip(Object.fromEntries(names.map((name) => [name, text(`Of ${name.slice(0, 7)}.\n`)])));
  const shown = outlineOf(await readBytes('export.zip', archive)).filter((line) => line.startsWith('heading1'));
  expect(shown).toEqual([...names.slice(0, 3), 'Wick.md'].map((name) => `heading1: ${name}`));
});

test('files whose paths differ in nothing that is shown have a number each that no other file has', async () => {
  const names = ['oil.md', './oil.md', '../oil.md', 'oil (2).md'];
  const archive = makeZip(Object.fromEntries(names.map((name) => [name, text('Fill the lamp.\n')])));
  const shown = outlineOf(await readBytes('some.zip', archive)).filter((line) => line.startsWith('heading1'));
  expect(shown).toEqual(['oil.md', 'oil (3).md', 'oil (4).md', 'oil (2).md'].map((name) => `heading1: ${name}`));
});

test('pages of Notion lose the numbers in their names, tables are read once, and an archive in an archive is that archive', async () => {
  const [one, two] = ['0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210'];
  const inner = makeZip({
    [`Harbour ${one}.md`]: text(
      `# Harbour\n\n[Oil](Harbour%20${one}/Oil%20${two}.md)\n\n<aside>\n💡 Bring **coats**.\n\n</aside>\n\n![lamp.png](lamp.png)\n`,
    ),
    [`Harbour ${one}/Oil ${two}.md`]: text('# Oil\n\nFill the lamp.\n'),
    [`Harbour ${one}/Tasks ${two}.csv`]: text('\uFEFFName\nTrim\n'),
    [`Harbour ${one}/Tasks ${two}_all.csv`]: text('\uFEFFName,Due\nTrim,May\n'),
  });
  const parsed = await readBytes('export.zip', makeZip({ 'ExportBlock-1-Part-1.zip': inner }));
  expect(outlineOf(parsed)).toEqual([
    'heading1: Harbour.md',
    'heading2: Harbour',
    'paragraph: Oil',
    'paragraph: 💡 Bring coats.',
    'heading1: Harbour/Oil.md',
    'heading2: Oil',
    'paragraph: Fill the lamp.',
    'heading1: Harbour/Tasks.csv',
    'table: | Name | Due |\n| --- | --- |\n| Trim | May |',
  ]);
  expect(parsed.blocks[1]?.part).toBe('Harbour.md');
});

test('notes of Obsidian are read as they are shown', async () => {
  const note = `---\nrelated note: "[[Oil]]"\ntags: [oil, watch]\n---\n> [!warning]- Mind the lens\n> It is **hot**.

> [!note]
> Bring gloves.

> [!tip] **All** of you
> Be kind.

See [[Oil#Filling|how]], [[Oil#Filling]], [[#Trim]] and [[Oil#^a1b2c3]]. ==Never== touch it. ^block1

![[lamp.png]] ![[lamp.png|300]] ![[Oil]]

%% not yet %%

Where a==b and c==d, 10 ^2 stays, and \`[[this]] ==too==\`.`;
  const parsed = await readBytes('note.md', note);
  expect(parsed.metadata).toEqual({ 'related note': '[[Oil]]', tags: 'oil, watch' });
  expect(outlineOf(parsed)).toEqual([
    'quote: Mind the lens\nIt is hot.',
    'quote: Note\nBring gloves.',
    'quote: All of you\nBe kind.',
    'paragraph: See how, Oil > Filling, Trim and Oil. Never touch it.',
    'paragraph: Oil',
    'paragraph: Where a==b and c==d, 10 ^2 stays, and [[this]] ==too==.',
  ]);
});

test('a page of Confluence has its tasks ticked, and no way to it', async () => {
  const page = `<html><body><ol id="breadcrumbs"><li><a href="index.html">Harbour</a></li></ol><h1>Oil</h1>
    <ul class="inline-task-list"><li class="checked">Trim</li><li>Fill</li></ul></body></html>`;
  expect(outlineOf(await readBytes('oil.html', page))).toEqual([
    'heading1: Oil',
    'list-item: [x] Trim',
    'list-item: [ ] Fill',
  ]);
});

test('a page that Confluence exported for Word has its own title, and no head of a message', async () => {
  const page = `Date: Sat, 4 May 2024 10:00:00 +0000 (UTC)\nMessage-ID: <1@x>\nSubject: Exported From Confluence\nMIME-Version: 1.0
Content-Type: multipart/related;\n\tboundary="b"\n\n--b\nContent-Type: text/html; charset=UTF-8\nContent-Location: file:///C:/exported.html\n
<html><head><title>Lamp room</title></head><body><h1>Lamp room</h1><p>Fill the lamp.</p></body></html>\n--b--\n`;
  const parsed = await readBytes('Lamp+room.doc', page);
  expect(parsed.title).toBe('Lamp room');
  expect(outlineOf(parsed)).toEqual(['heading1: Lamp room', 'paragraph: Fill the lamp.']);
});

test('a mail that names nobody keeps its subject and date', async () => {
  const mail =
    'Date: Sat, 4 May 2024 10:00:00 +0000\nSubject: Invoice\nCc: eve@x.example\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>Pay by Friday.</p>\n';
  const parsed = await readBytes('draft.eml', mail);
  expect(parsed.title).toBe('Invoice');
  expect(parsed.canonicalText).toContain('eve@x.example');
});

test.each([
  ['text/html', 'Lamp room'],
  ['text/html', 'Exported From Confluence'],
  ['multipart/related', 'Lamp room'],
])('a draft of a message in HTML (%s, “%s”) keeps its head', async (type, subject) => {
  const page = '<html><head><title>Page</title></head><body><p>Fill the lamp.</p></body></html>';
  const part = `--b\nContent-Type: text/html; charset=UTF-8\n\n${page}\n--b--\n`;
  const draft = `Date: Sat, 4 May 2024 10:00:00 +0000\nCc: bob@example.org\nSubject: ${subject}\nMIME-Version: 1.0
Content-Type: ${type}; boundary="b"\n\n${type === 'text/html' ? page : part}`;
  const parsed = await readBytes('draft.eml', draft);
  expect(parsed.title).toBe(subject);
  expect(outlineOf(parsed)).toEqual([
    `paragraph: Cc: bob@example.org\nDate: 2024-05-04T10:00:00.000Z\nSubject: ${subject}`,
    'paragraph: Fill the lamp.',
  ]);
});

test('a picture of megabytes in Markdown is passed over', async () => {
  const markdown = `Text. ![][image1]\n\n[image1]: <data:image/png;base64,${'iVBORw0KGgoAAAAN'.repeat(600_000)}>\n`;
  expect(outlineOf(await readBytes('handbook.md', markdown))).toEqual(['paragraph: Text.']);
});

test('style sheets that are never ended do not hold up the reader', async () => {
  const page = `<html><body><p>Text.</p></body></html>${'<style '.repeat(100_000)}`;
  expect(await isSlow(() => readBytes('page.html', page), 5000)).toBe(false);
});
