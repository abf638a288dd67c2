import { makeScannedPdf } from '@twin/testing/fixtures/scanned-pdf';
import type { TestFile } from './undisturbed-library.ts';

/** Each file has a word of its own, so that a search tells which of them can be found. */
function reportOf(n: number, word: string, id = `report-${n}`): TestFile {
  const isLong = n % 5 === 0;
  const lines = Array.from({ length: isLong ? 60 : 6 }, (_, line) => {
    return `The ${word}${n} number ${line} was seen near lake ${line * 7}. It was calm, and watchers noted it.`;
  });
  const content = `# Report ${n}\n\n${lines.join('\n\n')}\n`;
  // Most of them plain: reading Markdown loads ten times the code.
  return { id, fileName: `${id}.${isLong ? 'md' : 'txt'}`, content };
}

function tableOf(n: number, rows: number): TestFile {
  const remark = 'A zeppelin at its mast in the morning, silver and calm. '.repeat(5);
  const content = `Station,Remark\n${Array.from({ length: rows }, (_, row) => `S${n}x${row},"${remark}${row}"`).join('\n')}\n`;
  return { id: `table-${n}`, fileName: `table-${n}.csv`, content };
}

const reports = Array.from({ length: 16 }, (_, n) => reportOf(n, 'narwhal'));
const scan: TestFile = {
  id: 'scan',
  fileName: 'scan.pdf',
  content: makeScannedPdf(
    [1, 2, 3].map((page) => ({ lines: [`The narwhal of page ${page}`, 'was seen near the lake.'] })),
  ),
};
/** Two parts of text, four batches of vectors; two of passages and of vectors; two of vectors. */
const tables = [tableOf(0, 900), tableOf(1, 450), tableOf(2, 320)];

/** One that no try can read, in flight with the others. */
export const broken: TestFile = { id: 'broken', fileName: 'broken.pdf', content: '%PDF-1.7 and then nothing' };

/** What is there before, two of which `files` replace. */
export const earlier: TestFile[] = [0, 1].map((n) => reportOf(n, 'quokka'));
/**
 * In the order in which they are sent and taken up, two at a time: what takes long stands among reports, so that it is not cut
 * off beside another one that is met at a point, and put behind all others by that.
 */
export const sent: TestFile[] = [
  ...reports.slice(0, 8),
  ...tables.slice(0, 1),
  ...reports.slice(8, 10),
  ...tables.slice(1, 2),
  ...reports.slice(10, 12),
  ...tables.slice(2),
  ...reports.slice(12, 14),
  broken,
  ...reports.slice(14),
  scan,
];
/** Those that can be read. */
export const files: TestFile[] = sent.filter((file) => file !== broken);
/** For one after the other while the others are in flight. Nobody hears of the first when it is sent first. */
export const late: TestFile[] = [
  reportOf(21, 'narwhal', 'unheard'),
  ...[22, 23, 24, 26, 27, 28].map((n) => reportOf(n, 'narwhal')),
];
