import { createSeededRandom } from '@twin/core/evaluation/seeded-random';
import { makeDocx } from '@twin/testing/fixtures/docx';
import { makePdf } from '@twin/testing/fixtures/pdf';

export interface BenchDocument {
  fileName: string;
  bytes: Uint8Array;
}

const nouns = 'harbour kettle meadow engine letter museum orchard signal quarry violin ledger compass'.split(' ');
const verbs = 'carries mends follows measures remembers opens answers keeps turns names'.split(' ');
const places = 'Westmark Lantern-Yard Oldbridge Northfen Saltmere Highcombe Rookstead Elmshore'.split(' ');

/** The same documents in every run: five kinds in turn, of 1 to 40 passages, each with words of its own. */
export function* mixedDocuments(count: number): Generator<BenchDocument> {
  const random = createSeededRandom(7);
  for (let n = 0; n < count; n += 1) {
    const sections = 1 + Math.floor(random() ** 2 * 20);
    yield documentOf(
      n,
      Array.from({ length: sections }, () => paragraphOf(random, n)),
    );
  }
}

function documentOf(n: number, paragraphs: readonly string[]): BenchDocument {
  const utf8 = (text: string) => new TextEncoder().encode(text);
  const headed = paragraphs.map((text, index) => ({ heading: `Part ${index + 1} of report ${n}`, text }));
  switch (n % 5) {
    case 0:
      return {
        fileName: `${n}.md`,
        bytes: utf8(headed.map((part) => `## ${part.heading}\n\n${part.text}\n`).join('\n')),
      };
    case 1:
      return { fileName: `${n}.txt`, bytes: utf8(paragraphs.join('\n\n')) };
    case 2: {
      const body = headed.map((part) => `<h2>${part.heading}</h2><p>${part.text}</p>`).join('');
      return {
        fileName: `${n}.html`,
        bytes: utf8(`<!doctype html><title>Report ${n}</title><article>${body}</article>`),
      };
    }
    case 3:
      return {
        fileName: `${n}.docx`,
        bytes: makeDocx(headed.flatMap((part) => [{ heading: part.heading, level: 2 }, { paragraph: part.text }])),
      };
    default:
      return {
        fileName: `${n}.pdf`,
        bytes: makePdf(headed.map((part) => [{ heading: part.heading }, ...linesOf(part.text)])),
      };
  }
}

function paragraphOf(random: () => number, n: number): string {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? '';
  const sentences = Array.from({ length: 20 + Math.floor(random() * 20) }, () => {
    const year = 1800 + Math.floor(random() * 220);
    return `In ${year} the ${pick(nouns)} of ${pick(places)} ${pick(verbs)} the ${pick(nouns)} no. ${n}-${Math.floor(random() * 500)}.`;
  });
  return sentences.join(' ');
}

/** As a page prints it. */
function linesOf(text: string): string[] {
  return text.match(/.{1,90}(?:\s|$)/g)?.slice(0, 45) ?? [];
}
