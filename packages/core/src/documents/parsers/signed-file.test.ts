import { makeDocx } from '@twin/testing/fixtures/docx';
import { isSlow } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, refusalOf } from '../../testing/read-fixture.ts';

/** An element of ASN.1: its tag, its length and what is in it. */
function element(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.byteLength);
  return Buffer.concat([Buffer.from([tag, 0x84]), length, content]);
}

/** The same without a length, as programs write what they do not hold whole. */
function openElement(tag: number, ...parts: Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.from([0, 0])]);
}

const objectId = (last: number) => Buffer.from([0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, last]);

function sign(content: Uint8Array, kind = 2): Buffer {
  const data = element(0x30, objectId(1), element(0xa0, element(0x04, content)));
  return element(
    0x30,
    objectId(kind),
    element(0xa0, element(0x30, element(0x02, Buffer.from([1])), element(0x31), data)),
  );
}

test('a file inside of a signature is read as what it is', async () => {
  const contract = sign(makeDocx([{ paragraph: 'The rent is due in May.' }]));
  expect(outlineOf(await readBytes('contract.docx.p7m', contract))).toEqual(['paragraph: The rent is due in May.']);
  const letters = Buffer.from(contract)
    .toString('base64')
    .replace(/(.{64})/g, '$1\n');
  expect((await readBytes('contract.docx.p7m', letters)).canonicalText).toBe('The rent is due in May.');
  const pieces = openElement(0x24, element(0x04, Buffer.from('# Rent\n\n')), element(0x04, Buffer.from('In May.')));
  const data = openElement(0x30, objectId(1), openElement(0xa0, pieces));
  const open = openElement(0x30, objectId(2), openElement(0xa0, openElement(0x30, element(0x02), element(0x31), data)));
  expect(outlineOf(await readBytes('rent.md.p7m', open))).toEqual(['heading1: Rent', 'paragraph: In May.']);
});

test('what is encrypted, cut off, or only a signature is refused with its reason', async () => {
  expect(await refusalOf(readBytes('contract.pdf.p7m', sign(Buffer.from('x'), 3)))).toBe('sealed-message');
  const cut = sign(Buffer.from('The rent is due in May.')).subarray(0, 60);
  expect(await refusalOf(readBytes('rent.txt.p7m', cut))).toBe('empty');
  const nothing = element(0x30, objectId(2), Buffer.from('3080'.repeat(5000), 'hex'));
  expect(await refusalOf(readBytes('deep.p7m', nothing))).toBe('empty');
});

/** What is signed, in pieces. */
const signPieces = (pieces: Uint8Array) =>
  element(
    0x30,
    objectId(2),
    element(0xa0, element(0x30, element(0x02), element(0x31), element(0x30, objectId(1), element(0xa0, pieces)))),
  );

test.each([
  ['nested pieces', () => nest(Buffer.alloc(990_000, Buffer.from([0x04, 0x01, 0x78])), 1000)],
  ['tiny pieces', () => element(0x24, Buffer.alloc(12_000_000, Buffer.from([0x04, 0x01, 0x78])))],
])('a hostile signature of %s is refused in no time', { timeout: 60_000 }, async (_, pieces) => {
  const file = signPieces(pieces());
  const read = async () => expect(await refusalOf(readBytes('hostile.txt.p7m', file))).toBe('empty');
  expect(await isSlow(read, 3000)).toBe(false);
});

function nest(inner: Buffer, depth: number): Buffer {
  const heads = Array.from({ length: depth }, (_, index) => {
    const head = Buffer.from([0x24, 0x84, 0, 0, 0, 0]);
    head.writeUInt32BE(inner.byteLength + 6 * (depth - 1 - index), 2);
    return head;
  });
  return Buffer.concat([...heads, inner]);
}

test('a message that is signed as a whole is read', async () => {
  const inner = 'Content-Type: text/plain; charset=utf-8\r\n\r\nThe keys are under the mat.\r\n';
  const message = [
    'From: ada@example.org',
    'Subject: Keys',
    'MIME-Version: 1.0',
    'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"',
    'Content-Disposition: attachment; filename="smime.p7m"',
    'Content-Transfer-Encoding: base64',
    '',
    sign(Buffer.from(inner)).toString('base64'),
  ];
  expect((await readBytes('keys.eml', message.join('\r\n'))).canonicalText).toContain('The keys are under the mat.');
});
