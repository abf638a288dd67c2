import { makeCompoundFile } from '@twin/testing/fixtures/compound-file';
import { makePpt } from '@twin/testing/fixtures/ppt';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture, refusalOf } from '../../testing/read-fixture.ts';

const slides = [{ boxes: [{ text: 'The well is deep' }] }];

test('the slides of an old presentation are read as those of today are, with tables, links, comments and notes', async () => {
  const parsed = await readFixture('lecture.ppt');
  expect(outlineOf(parsed)).toEqual([
    'heading1: Why bridges sing',
    'list-item: Wind makes cables hum.',
    'list-item: Dampers\nmake them stop.',
    'paragraph: See the film (https://example.org/film).',
    'paragraph: Comment: Say which wind.',
    'heading1: Measured tones',
    'table: | Bridge | Hertz |\n| --- | --- |\n| Мост | 41 |',
    'paragraph: Picture: A cable with a damper',
    'heading2: Notes',
    'paragraph: Play the recording here & wait.',
  ]);
  expect(parsed.mediaType).toBe('application/vnd.ms-powerpoint');
  expect(parsed.pageCount).toBe(2);
  expect(parsed.blocks.map((block) => block.page)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
});

test('what was saved last is read, also where nothing says where it stands', async () => {
  const before = [{ boxes: [{ text: 'The well is dry' }] }];
  const outline = ['heading1: Slide 1', 'paragraph: The well is deep'];
  expect(outlineOf(await readBytes('saved.ppt', makePpt({ slides, before })))).toEqual(outline);
  expect(outlineOf(await readBytes('lost.ppt', makePpt({ slides, before, isUserLost: true })))).toEqual(outline);
});

test('a second title of a slide is a text of it', async () => {
  const boxes = [
    { kind: 6, text: ' ' },
    { kind: 6, text: 'Wells' },
    { kind: 5, text: 'A talk' },
    { kind: 0, text: 'Deep ones' },
  ];
  expect(outlineOf(await readBytes('titles.ppt', makePpt({ slides: [{ boxes }] })))).toEqual([
    'heading1: Wells',
    'paragraph: A talk',
    'paragraph: Deep ones',
  ]);
});

test('a slide that is lost has what the list of slides says of it', async () => {
  const bytes = Buffer.from(makePpt({ slides: [{ boxes: [{ kind: 1, text: 'The well is deep', isOutline: true }] }] }));
  // What says that a record is a slide.
  const at = bytes.indexOf(Buffer.from('ee03', 'hex'), bytes.indexOf(Buffer.from('d\0e\0e\0p\0')));
  bytes.writeUInt16LE(0x0001, at);
  const parsed = await readBytes('lost-slide.ppt', bytes);
  expect(outlineOf(parsed)).toEqual(['heading1: Slide 1', 'list-item: The well is deep']);
  expect(parsed.warnings).toEqual(['The file is damaged: parts of it could not be read (1).']);
});

test('a part of an old slide that is too short is left out and told of, and the rest is read', async () => {
  const boxes = [{ text: 'The well is deep' }, { text: 'And wide', kind: 1 }];
  const bytes = Buffer.from(makePpt({ slides: [{ boxes, comment: 'How deep?' }] }));
  const header = Buffer.from('9f0f04000000', 'hex');
  // What tells of the first text is of the wrong type's length.
  bytes.writeUInt32LE(1, bytes.indexOf(header) + 2);
  const parsed = await readBytes('short.ppt', bytes);
  expect(parsed.canonicalText).toContain('And wide');
  expect(parsed.canonicalText).toContain('How deep?');
  expect(parsed.warnings).toEqual(['The file is damaged: parts of it could not be read (1).']);
});

test('a table with more sides than PowerPoint makes is read as texts', async () => {
  const table = Array.from({ length: 80 }, (_, index) => [`Row ${index + 1}`]);
  const parsed = await readBytes('long.ppt', makePpt({ slides: [{ boxes: [{ table }] }] }));
  expect(parsed.blocks).toHaveLength(81);
});

test('an old presentation that is locked, empty, cut off, or of an older PowerPoint says so', async () => {
  const locked = makePpt({ slides, lock: { password: 'open sesame' } });
  expect(await refusalOf(readBytes('locked.ppt', locked))).toBe('password-required');
  const unknown = makePpt({ slides, isEncrypted: true });
  expect(await refusalOf(readBytes('unknown.ppt', unknown))).toBe('password-protected');
  const unnamed = makePpt({ slides, isEncrypted: true, isUserLost: true });
  expect(await refusalOf(readBytes('unnamed.ppt', unnamed))).toBe('password-protected');
  expect(await refusalOf(readBytes('blank.ppt', makePpt({ slides: [] })))).toBe('empty');
  const content = new Uint8Array(100);
  expect(await refusalOf(readBytes('cut.ppt', makeCompoundFile({ 'PowerPoint Document': content })))).toBe('corrupt');
  const four = { PP40: content, 'PowerPoint Document': content };
  expect(await refusalOf(readBytes('four.ppt', makeCompoundFile(four)))).toBe('legacy-office');
  const user = Buffer.concat([Buffer.from([3, 0, 0, 0]), Buffer.from('Ada')]);
  const of95 = { 'Current User': user, 'PowerPoint Document': content };
  expect(await refusalOf(readBytes('95.ppt', makeCompoundFile(of95)))).toBe('legacy-office');
});
