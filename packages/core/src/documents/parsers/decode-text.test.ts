import { isSlow } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import { decodeInPieces, decodeText } from './decode-text.ts';

const utf8 = (text: string) => Buffer.from(text, 'utf8');

test('a damaged byte in the middle of a long UTF-8 text costs that character alone', () => {
  const bytes = Buffer.concat([
    utf8('plain '.repeat(20_000)),
    utf8('Brücke, Fluß, öffnen, früh '),
    Buffer.from([0xff]),
    utf8(' ende'),
  ]);
  expect(decodeText(bytes)).toBe(`${'plain '.repeat(20_000)}Brücke, Fluß, öffnen, früh \ufffd ende`);
});

test('a Western text with its first accent far from its start is not taken for UTF-8', () => {
  const text = `${'plain '.repeat(20_000)}Der Prüfer fährt über die Brücke, öffnet die Tür und grüßt.`;
  expect(decodeText(Buffer.from(text, 'latin1'))).toBe(text);
});

test('Japanese in seven bits is read as such', () => {
  const bytes = Buffer.from('\u001b$B$3$s$K$A$O\u001b(B, Tokyo', 'latin1');
  expect(decodeText(bytes)).toBe('こんにちは, Tokyo');
});

test.each([
  ['little-endian, marked', true, true],
  ['little-endian', true, false],
  ['big-endian, marked', false, true],
  ['big-endian', false, false],
])('UTF-32 (%s) is read', (_, isLittleEndian, isMarked) => {
  const text = 'Fluß und 🌉';
  const codes = Array.from(isMarked ? `\ufeff${text}` : text, (character) => character.codePointAt(0)!);
  const bytes = Buffer.alloc(codes.length * 4);
  codes.forEach((code, index) => {
    if (isLittleEndian) bytes.writeUInt32LE(code, index * 4);
    else bytes.writeUInt32BE(code, index * 4);
  });
  expect(decodeText(bytes)?.replace(/^\ufeff/, '')).toBe(text);
});

test('UTF-16 is still UTF-16', () => {
  expect(decodeText(Buffer.from('Das Boot fährt um acht.!', 'utf16le'))).toBe('Das Boot fährt um acht.!');
});

test('a charset that an XML file names in its first line is believed, unless the text is UTF-8', () => {
  const named = '<?xml version="1.0" encoding="iso-8859-1"?><p>';
  expect(decodeText(Buffer.from(`${named}\u00c5`, 'latin1'))).toBe(`${named}Å`);
  expect(decodeText(utf8(`${named}Å`))).toBe(`${named}Å`);
});

test('a charset that the bytes are not in is not believed', () => {
  const arabic = Buffer.from('e3d1cdc8c720c8dfe3', 'hex');
  expect(decodeText(arabic, 'utf-8')).not.toContain('\ufffd');
  expect(decodeText(arabic, 'windows-1256')).toBe('مرحبا بكم');
  const russian = Buffer.from('cff0e8e2e5f22c20ece8f02120cae0ea20e4e5ebe03f', 'hex');
  expect(decodeText(russian, 'utf-8')).toBe('Привет, мир! Как дела?');
});

/** As mainframes write it: letters and digits are the same in all of their Western pages. */
function ebcdic(text: string, signs: Record<string, number> = {}): Buffer {
  const starts = { a: 0x81, j: 0x91, s: 0xa2, A: 0xc1, J: 0xd1, S: 0xe2, 0: 0xf0 };
  const lasts = { a: 'i', j: 'r', s: 'z', A: 'I', J: 'R', S: 'Z', 0: '9' };
  const usual = {
    ' ': 0x40,
    '.': 0x4b,
    ',': 0x6b,
    '-': 0x60,
    '/': 0x61,
    "'": 0x7d,
    '(': 0x4d,
    ')': 0x5d,
    ü: 0xdc,
    '\n': 0x25,
  };
  return Buffer.from(
    Array.from(text, (character) => {
      const known = { ...usual, ...signs }[character];
      if (known !== undefined) return known;
      const start = Object.entries(lasts).find(([first, last]) => character >= first && character <= last)?.[0];
      return starts[start as keyof typeof starts] + character.charCodeAt(0) - start!.charCodeAt(0);
    }),
  );
}

test.each([
  ['37', 'The keeper [of the lamp] fills it at dusk.\nHer name is Ada Müller.\n', { '[': 0xba, ']': 0xbb }],
  ['500', 'The keeper [of the lamp] fills it at dusk!\nHer name is Ada Müller.\n', { '[': 0x4a, ']': 0x5a, '!': 0x4f }],
  [
    '1047',
    'The keeper [of the lamp] fills it at dusk.\nHer name is Ada Müller.\n',
    { '[': 0xad, ']': 0xbd, '\n': 0x15 },
  ],
  ['37', 'LAMP   OIL IN LITRES   0041 0007\nTOWER  WICKS             0012 0003\n', {}],
])('text of a mainframe is read in its page, %s', (_, text, signs) => {
  expect(decodeText(ebcdic(text, signs))).toBe(text);
});

test('cards of a mainframe are lines', () => {
  const cards = ['THE KEEPER FILLS THE LAMP AT DUSK.', 'SHE TRIMS IT AT MIDNIGHT.'];
  expect(decodeText(ebcdic(cards.map((card) => card.padEnd(80)).join('')))).toBe(cards.join('\n'));
});

/** A byte for each letter, from capital and small А on. */
const windows1251 = (text: string) =>
  Buffer.from(Array.from(text, (sign) => (sign >= 'А' ? sign.charCodeAt(0) - 0x410 + 0xc0 : sign.charCodeAt(0))));
const logins = '@@@@@ada@@@@@ben@@@@@carla@@@@';
const russian = 'Смотритель@Маяк@Фонарь@Море@Берег@Лодка@';

test.each([
  [
    'Russian in one byte, the letters and digits of mainframes, set apart by their spaces',
    windows1251(russian),
    russian,
  ],
  ['names behind their spaces', Buffer.from(logins), logins],
])('%s is none of it', (_, bytes, text) => {
  expect(decodeText(Buffer.concat(Array.from({ length: 4 }, () => bytes)))).toBe(text.repeat(4));
});

test('Japanese set apart by wide spaces, which are an a and a space of a mainframe, is none of its text', () => {
  const list = Buffer.from(
    '835c837483408140837483408343838b8140834a838183898140834183438358834e838a815b838081408374834083938140837d83458358',
    'hex',
  );
  const text = 'ソファ　ファイル　カメラ　アイスクリーム　ファン　マウス';
  const lists = Buffer.concat(Array.from({ length: 8 }, () => list));
  expect(decodeText(lists)).toBe(text.repeat(8));
});

test('a text of a mainframe is read as long as it may be', async () => {
  const long = Buffer.alloc(20_000_000, ebcdic('The keeper of the lamp fills it at dusk.\n'));
  expect(await isSlow(() => decodeText(long), 1000)).toBe(false);
});

test('a long text of a mainframe comes in pieces, of whole cards where it is made of these', () => {
  const lines = 'The keeper of the lamp\nfills it at dusk.\n'.repeat(20);
  const cards = ['THE KEEPER FILLS THE LAMP AT DUSK.', 'SHE TRIMS IT AT MIDNIGHT.', 'SHE SLEEPS AT NOON.'];
  const inPieces = (bytes: Uint8Array, pieceBytes: number) => [...(decodeInPieces(bytes, { pieceBytes })?.() ?? [])];
  expect(inPieces(ebcdic(lines), 100)).toHaveLength(Math.ceil(lines.length / 100));
  expect(inPieces(ebcdic(lines), 100).join('')).toBe(lines);
  expect(inPieces(ebcdic(cards.map((card) => card.padEnd(80)).join('')), 100).join('')).toBe(cards.join('\n'));
});
