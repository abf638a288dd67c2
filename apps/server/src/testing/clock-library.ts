import { makeDocx } from '@twin/testing/fixtures/docx';
import { makePdf } from '@twin/testing/fixtures/pdf';
import { makePptx } from '@twin/testing/fixtures/pptx';
import { makeXlsx } from '@twin/testing/fixtures/xlsx';

interface Clock {
  town: string;
  maker: string;
  year: number;
  kilograms: number;
}

export interface ClockFile {
  id: string;
  fileName: string;
  content: string | Uint8Array<ArrayBuffer>;
}

const clocksPerFile = 18;
const clocksPerPage = 3;
const lineCharacters = 78;

/** The same kind of facts in files of seven formats, those of each about towns of its own: what differs is how they are read. */
export function clockFiles(): ClockFile[] {
  return formats.map(({ ending, write }, index) => {
    const clocks = Array.from({ length: clocksPerFile }, (_, n) => clockOf(index * clocksPerFile + n));
    return { id: `clocks-${ending}`, fileName: `clocks.${ending}`, content: write(clocks) };
  });
}

/** Questions that the files answer, all different: four about each clock. */
export function clockQuestions(): string[] {
  return Array.from({ length: clocksPerFile * formats.length }, (_, n) => clockOf(n)).flatMap(({ town }) => [
    `Who built the tide clock of ${town}, and when?`,
    `What does the tide clock of ${town} weigh?`,
    `Wonach geht die Uhr von ${town}?`,
    `At how many degrees does the bell of ${town} ring?`,
  ]);
}

function clockOf(n: number): Clock {
  const [first, last] = [towns[n % towns.length] ?? '', endings[Math.floor(n / towns.length)] ?? ''];
  return { town: `${first}${last}`, maker: `Ada ${first}son`, year: 1700 + n, kilograms: 12.5 + n };
}

const towns = 'Alder Birk Corm Dunn Esk Fenn Gorse Holm Inver Jarr Kell Lyn Moss Ness Orr Penn Quill Roth'.split(' ');
const endings = ['wick', 'haven', 'mouth', 'by', 'thorpe', 'stead', 'ness'];

/** What is hard to find again: ligatures, quotation marks, brackets with numbers, signs, a second language, a sign of two code units. */
function sentencesOf({ town, maker, year, kilograms }: Clock): string[] {
  return [
    `The tide clock of ${town} was built in ${year} by ${maker}, “wound twice a day” – as the ﬁshermen [3] say.`,
    `The clock of ${town} weighs ${kilograms} kg, 😀 and a fifth of that is glass.`,
    `Die Uhr von ${town} geht nach dem Mond, nicht nach der Sonne.`,
    `At -5 °C as at 30 °C the bell of ${town} rings.`,
  ];
}

const paragraphOf = (clock: Clock) => sentencesOf(clock).join(' ');
const headingOf = ({ town }: Clock) => `${town} on the coast`;

const formats: readonly { ending: string; write: (clocks: readonly Clock[]) => ClockFile['content'] }[] = [
  { ending: 'txt', write: (clocks) => clocks.map(paragraphOf).join('\n\n') },
  { ending: 'md', write: (clocks) => clocks.map((clock) => `## ${headingOf(clock)}\n\n${listOf(clock)}`).join('\n\n') },
  {
    ending: 'html',
    write: (clocks) => {
      const body = clocks.map((clock) => `<h2>${headingOf(clock)}</h2><p>${paragraphOf(clock)}</p>`).join('');
      return `<!doctype html><meta charset="utf-8"><title>Clocks</title><body>${body}</body>`;
    },
  },
  { ending: 'pdf', write: (clocks) => makePdf(pagesOf(clocks), { title: 'Clocks' }) },
  {
    ending: 'docx',
    write: (clocks) =>
      makeDocx(
        clocks.flatMap((clock) => [{ heading: headingOf(clock), level: 1 }, { paragraph: paragraphOf(clock) }]),
        { title: 'Clocks' },
      ),
  },
  {
    ending: 'pptx',
    write: (clocks) => makePptx(clocks.map((clock) => ({ title: headingOf(clock), items: sentencesOf(clock) }))),
  },
  {
    ending: 'xlsx',
    write: (clocks) => {
      const rows = clocks.map((clock) => [clock.town, clock.year, ...sentencesOf(clock)]);
      return makeXlsx([{ name: 'Clocks', rows: [['Town', 'Year', 'Clock', 'Weight', 'Gang', 'Bell'], ...rows] }]);
    },
  },
];

function listOf(clock: Clock): string {
  return sentencesOf(clock)
    .map((sentence) => `- ${sentence}`)
    .join('\n');
}

/** Set in lines as a page has them, so that sentences go on in the next one. */
function pagesOf(clocks: readonly Clock[]): string[][] {
  return Array.from({ length: clocks.length / clocksPerPage }, (_, page) => {
    const onPage = clocks.slice(page * clocksPerPage, (page + 1) * clocksPerPage);
    return onPage.flatMap((clock) => linesOf(paragraphOf(clock)));
  });
}

/** The file's font has no more than Latin-1. */
function linesOf(paragraph: string): string[] {
  const lines = [''];
  for (const word of paragraph
    .replaceAll('ﬁ', 'fi')
    .match(/[ -~¡-ÿ]+/g)
    ?.join('')
    .split(/ +/) ?? []) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length > lineCharacters) lines.push(word);
    else lines.splice(-1, 1, `${line} ${word}`.trim());
  }
  return lines;
}
