import { createHash } from 'node:crypto';
import { createSeededRandom } from '@twin/core/evaluation/seeded-random';
import type { CorpusDocument, DataSet, DataSetQuestion } from '../data-set.ts';
import { paraphrases } from './paraphrases.ts';

/** What a part of the set needs the search to do; its questions are reported under this name. */
export type Leg = 'meaning' | 'names' | 'order' | 'neighbours';

interface Part {
  documents: CorpusDocument[];
  questions: DataSetQuestion[];
}

/** A set with a part for each leg of the search, on which the search is only good while that leg does its work. */
export function legsDataSet(): DataSet {
  const parts = [meaningPart(), namesPart(), orderPart(), neighboursPart()];
  const documents = parts.flatMap((part) => part.documents);
  const questions = parts.flatMap((part) => part.questions);
  const hash = createHash('sha256')
    .update(JSON.stringify([documents, questions]))
    .digest('hex');
  return { name: 'legs', documents, questions, hash };
}

function ask(group: Leg, documentId: string, text: string): DataSetQuestion {
  const judgements = new Map([[documentId, 1]]);
  const nothing = { history: [], answerable: undefined, answerSpans: [], goldSpans: [] };
  return { ...nothing, id: `${group} ${text}`, text, group, judgements };
}

function meaningPart(): Part {
  return {
    documents: paraphrases.flatMap(([, answer, decoy], n) => [
      { id: `answer-${n}`, title: 'Town notes', text: answer },
      { id: `decoy-${n}`, title: 'Town notes', text: decoy },
    ]),
    questions: paraphrases.map(([question], n) => ask('meaning', `answer-${n}`, question)),
  };
}

/** Each question's document is the only one with its rarest word, a name; others are more like the question as a whole. */
function namesPart(): Part {
  const surnames = 'Aldous Brindle Crake Dorrit Edgell Furlong Gathercole Hobday Ibbot Jelly Kemble Ludgate'.split(' ');
  return {
    documents: surnames.flatMap((name, n) => [
      {
        id: `note-${n}`,
        title: 'Letters',
        text: `${name} left a parrot, candles, nails, oars and a violin to the bellringer, and wages of a week to a nun.`,
      },
      {
        id: `general-${n}`,
        title: 'Letters',
        text: `A bellringer earns wages of ${n + 4} shillings a week.`,
      },
    ]),
    questions: surnames.map((name, n) =>
      ask('names', `note-${n}`, `What wages does a bellringer earn in a week, ${name}?`),
    ),
  };
}

/** Two documents with the same words each; which thing is which is told by their order. */
function orderPart(): Part {
  const things = [
    ['crimson', 'door', 'azure', 'barn'],
    ['oaken', 'ladder', 'copper', 'kettle'],
    ['marble', 'stair', 'velvet', 'curtain'],
    ['narrow', 'bridge', 'steep', 'meadow'],
    ['silver', 'whistle', 'leather', 'satchel'],
    ['yellow', 'lantern', 'wicker', 'basket'],
    ['rusty', 'anchor', 'woollen', 'blanket'],
    ['painted', 'wagon', 'broken', 'fence'],
  ] as const;
  const said = ([first, one, second, other]: readonly [string, string, string, string]) =>
    `the ${first} ${one} and the ${second} ${other}`;
  const turned = ([first, one, second, other]: (typeof things)[number]) => [second, one, first, other] as const;
  return {
    documents: things.flatMap((thing, n) => [
      { id: `thing-${n}`, title: 'Auction', text: `Sold at noon were ${said(thing)}, to a sailor.` },
      { id: `turned-${n}`, title: 'Auction', text: `Sold at noon were ${said(turned(thing))}, to a farmer.` },
    ]),
    questions: things.flatMap((thing, n) => [
      ask('order', `thing-${n}`, `Who bought ${said(thing)}?`),
      ask('order', `turned-${n}`, `Who bought ${said(turned(thing))}?`),
    ]),
  };
}

/** About as many words as a passage has. */
const passageWords = 240;
const fillersCount = 40;

/** What answers stands in the passage behind the one that says the question's words; many others are as good as it by themselves. */
function neighboursPart(): Part {
  const random = createSeededRandom(7);
  const vocabulary =
    'rope tar sail plank nail cork brine gull ebb shoal pier crate winch oar keel mast hull deck'.split(' ');
  const filler = () => {
    const words = Array.from(
      { length: passageWords },
      () => vocabulary[Math.floor(random() * vocabulary.length)] ?? '',
    );
    words[Math.floor(random() * 100) + 20] = 'harbourmaster';
    const sentences = Array.from({ length: passageWords / 12 }, (_, n) => words.slice(12 * n, 12 * n + 12).join(' '));
    return sentences.map((sentence) => `The ${sentence}.`).join(' ');
  };
  const creatures = 'axolotl bandicoot capybara dugong echidna fossa gharial hoatzin'.split(' ');
  const kept = creatures.map((creature, n) => {
    const before = `The harbourmaster keeps a ${creature} in the office. ${filler()}`;
    const gold = `It was given back on the ${n + 3}rd of March with an apology in writing.`;
    return { id: `kept-${n}`, title: 'Log', text: `${before}\n\n${gold} ${filler()}`, gold };
  });
  const fillers = Array.from({ length: fillersCount }, (_, n) => ({ id: `log-${n}`, title: 'Log', text: filler() }));
  return {
    documents: [...kept.map(({ id, title, text }) => ({ id, title, text })), ...fillers],
    questions: kept.map(({ id, text, gold }, n) => {
      const start = text.indexOf(gold);
      const goldSpans = [{ documentId: id, start, end: start + gold.length }];
      return { ...ask('neighbours', id, `What became of the harbourmaster’s ${creatures[n] ?? ''}?`), goldSpans };
    }),
  };
}
