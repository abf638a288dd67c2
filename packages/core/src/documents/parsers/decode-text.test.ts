import { expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';

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
