import { growsTooFast } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import { refusalOf } from '../testing/read-fixture.ts';
import { chunkDocument } from './chunk-document.ts';
import { parseDocument } from './parse-document.ts';
import { readLimits } from './read-limits.ts';

/** Where the text of a file stands in it. */
const files: readonly (readonly [fileName: string, before: string, behind?: string])[] = [
  ['a.md', '# Lamps\n\n', '\n\nThe end.'],
  ['a.html', '<!doctype html><body>', '</body>'],
  ['a.csv', 'Lamp,Oil\n'],
  ['a.tsv', 'Lamp\tOil\n'],
  ['a.json', '{"lamp": "', '"}'],
  ['a.jsonl', '{"lamp": 1}\n'],
  ['a.txt', 'The lamp. '],
  ['a.rtf', '{\\rtf1 ', '}'],
  ['a.eml', 'From: ada@example.org\nSubject: Lamps\n\n'],
  ['b.eml', 'Content-Type: multipart/mixed; boundary="b"\nFrom: ada@example.org\nSubject: Lamps\n\n--b\n\n'],
  ['a.mbox', 'From ada@example.org Mon Jan  1 00:00:00 2024\nSubject: Lamps\n\n'],
  ['a.org', '#+TITLE: Lamps\n'],
  ['a.rst', 'Lamps\n=====\n\n'],
  ['a.adoc', '= Lamps\n\n'],
  ['a.tex', '\\documentclass{article}\\begin{document}\n', '\n\\end{document}'],
  ['a.py', 'import lamps\n'],
  ['a.svg', '<svg><text>', '</text></svg>'],
  ['a.rss', '<rss><channel><item><title>Lamps</title><description>', '</description></item></channel></rss>'],
  ['a.fb2', '<FictionBook><body><section><p>', '</p></section></body></FictionBook>'],
  ['chat.txt', '[01.01.24, 10:00] Ada: The lamp.\n[01.01.24, 10:01] Ben: The oil.\n[01.01.24, 10:02] Ada: '],
  ['a.srt', '1\n00:00:01,000 --> 00:00:02,000\n'],
  ['a.vcf', 'BEGIN:VCARD\nVERSION:3.0\nFN:Ada\n', '\nEND:VCARD'],
];

/** Signs that open something, close nothing, go on, or take turns. */
const pieces = [
  '[ ( { < * _ ` " \\ | : = . a 漢 \u{1f600} ![ [a]( [[a ([{< *_~` **a "," "" &#x </a <div> <p>a <table><tr><td> \' \\a{ $$ :a:`b` ifdef::a[ """ {"a":',
  '{\\b_ <a_b=" <!--_ >_ 1._ /*_ __ -_a¶ -_a¶__-_b¶ a¶===¶ =¶ ```¶ [^1]:_a¶ [a]:_b¶ |a|b|¶|-|-|¶ a_|_b¶ #+a:_b¶ \\begin{a}¶ +--+¶|a_|¶ |===¶ A:_b¶ --b¶ a-¶ _¶ ¶ \r \t',
].flatMap((list, index) =>
  // In the second list spaces and line ends are pieces, or parts of them.
  index === 0 ? list.split(' ') : list.split(' ').map((piece) => piece.replaceAll('_', ' ').replaceAll('¶', '\n')),
);

/** Markdown takes many times as long as all the others, sign by sign; how much of it is parsed is held beside its parser. */
const smallOf = (fileName: string) => (fileName.endsWith('.md') ? 500 : 2_500);

/** @returns how many passages there are. */
async function read(fileName: string, source: string): Promise<number> {
  const bytes = new TextEncoder().encode(source);
  const reading = parseDocument({ bytes, fileName, mediaType: null, limits: readLimits });
  // Whether there is anything to read in it matters nothing here.
  return (await refusalOf(reading)) === undefined ? [...chunkDocument(await reading)].length : 0;
}

test.each(files.map(([fileName, before, behind = '']) => ({ fileName, before, behind })))(
  'the time that $fileName takes grows with its length',
  { timeout: 120_000 },
  async ({ fileName, before, behind }) => {
    const small = smallOf(fileName);
    const slow: string[] = [];
    for (const piece of pieces) {
      const readPieces = async (length: number) =>
        await read(fileName, before + piece.repeat(Math.ceil(length / piece.length)) + behind);
      if (await growsTooFast(readPieces, { small, large: 10 * small, timesMax: 15 })) slow.push(piece);
    }
    expect(slow).toEqual([]);
  },
);
