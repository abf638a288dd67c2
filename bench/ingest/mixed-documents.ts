import { createSeededRandom } from '@twin/core/evaluation/seeded-random';
import { makeDocx } from '@twin/testing/fixtures/docx';
import { makeEmail } from '@twin/testing/fixtures/email';
import { makeEpub } from '@twin/testing/fixtures/epub';
import { makePdf } from '@twin/testing/fixtures/pdf';
import { makePptx } from '@twin/testing/fixtures/pptx';
import { makeXlsx } from '@twin/testing/fixtures/xlsx';

export interface BenchDocument {
  fileName: string;
  bytes: Uint8Array<ArrayBuffer>;
}

interface Section {
  heading: string;
  /** Each says when what happened where. */
  sentences: string[];
  text: string;
}

interface Kind {
  ending: string;
  make: (title: string, sections: readonly Section[]) => Uint8Array<ArrayBuffer>;
}

const nouns = 'harbour kettle meadow engine letter museum orchard signal quarry violin ledger compass'.split(' ');
const verbs = 'carries mends follows measures remembers opens answers keeps turns names'.split(' ');
const places = 'Westmark Lantern-Yard Oldbridge Northfen Saltmere Highcombe Rookstead Elmshore'.split(' ');
const columns = ['No.', 'What is said'];

const utf8 = (text: string) => new TextEncoder().encode(text);
const sentencesInRows = (sections: readonly Section[]) =>
  sections.flatMap(({ sentences }) => sentences).map((sentence, index) => [String(index + 1), sentence]);

const kinds: readonly Kind[] = [
  {
    ending: 'md',
    make: (title, sections) =>
      utf8([`# ${title}`, ...sections.map(({ heading, text }) => `## ${heading}\n\n${text}`)].join('\n\n')),
  },
  { ending: 'txt', make: (_, sections) => utf8(sections.map(({ text }) => text).join('\n\n')) },
  {
    ending: 'html',
    make: (title, sections) => {
      const body = sections.map(({ heading, text }) => `<h2>${heading}</h2><p>${text}</p>`).join('');
      return utf8(`<!doctype html><title>${title}</title><article>${body}</article>`);
    },
  },
  {
    ending: 'docx',
    make: (_, sections) =>
      makeDocx(sections.flatMap(({ heading, text }) => [{ heading, level: 2 as const }, { paragraph: text }])),
  },
  {
    ending: 'pdf',
    make: (_, sections) => makePdf(sections.map(({ heading, text }) => [{ heading }, ...linesOf(text)])),
  },
  {
    ending: 'xlsx',
    make: (_, sections) =>
      makeXlsx(sections.map((section) => ({ name: section.heading, rows: [columns, ...sentencesInRows([section])] }))),
  },
  {
    ending: 'csv',
    make: (_, sections) => utf8([columns, ...sentencesInRows(sections)].map((row) => `${row.join(',')}\n`).join('')),
  },
  {
    ending: 'pptx',
    make: (_, sections) => makePptx(sections.map(({ heading, sentences }) => ({ title: heading, items: sentences }))),
  },
  {
    ending: 'epub',
    make: (title, sections) =>
      makeEpub(
        title,
        sections.map(({ heading, text }) => ({ label: heading, html: `<h1>${heading}</h1><p>${text}</p>` })),
      ),
  },
  {
    ending: 'eml',
    make: (title, [first, ...others]) =>
      makeEmail(title, first?.text ?? '', [
        { fileName: 'more.txt', content: utf8(others.map(({ text }) => text).join('\n\n')) },
      ]),
  },
];

/** The same documents in every run: each kind in turn, of 1 to 20 sections, with words of their own. */
export function* mixedDocuments(count: number): Generator<BenchDocument> {
  const random = createSeededRandom(7);
  let n = 0;
  for (const { ending, make } of inTurns(kinds)) {
    if (n === count) return;
    const sectionCount = 1 + Math.floor(random() ** 2 * 20);
    const sections = Array.from({ length: sectionCount }, (_, index) => sectionOf(random, n, index));
    yield { fileName: `${n}.${ending}`, bytes: make(`Report ${n}`, sections) };
    n += 1;
  }
}

function* inTurns<Item>(items: readonly Item[]): Generator<Item> {
  for (;;) yield* items;
}

function sectionOf(random: () => number, n: number, index: number): Section {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? '';
  const sentences = Array.from({ length: 20 + Math.floor(random() * 20) }, () => {
    const year = 1800 + Math.floor(random() * 220);
    return `In ${year} the ${pick(nouns)} of ${pick(places)} ${pick(verbs)} the ${pick(nouns)} no. ${n}-${Math.floor(random() * 500)}.`;
  });
  return { heading: `Part ${index + 1} of report ${n}`, sentences, text: sentences.join(' ') };
}

/** As a page prints it. */
function linesOf(text: string): string[] {
  return text.match(/.{1,90}(?:\s|$)/g) ?? [];
}
