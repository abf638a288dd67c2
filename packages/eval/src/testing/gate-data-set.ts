/**
 * A small judged set about an invented town, in the form that `readDataSet` reads. Documents come in pairs that share
 * most of their words, so that a search which is only roughly right ranks the wrong one of the two first.
 */
const facts: readonly { id: string; title: string; text: string; question: string; answer: string }[] = [
  {
    id: 'ferry-north',
    title: 'The north ferry',
    text: 'The north ferry crosses the river Orr from Lantern Yard. It leaves every twenty minutes in summer. In winter the north ferry stops at dusk, because its pier has no lamps.',
    question: 'Why does the north ferry stop at dusk in winter?',
    answer: 'because its pier has no lamps',
  },
  {
    id: 'ferry-south',
    title: 'The south ferry',
    text: 'The south ferry crosses the river Orr from the fish market. It leaves every forty minutes in summer and winter. The south ferry carries two carts or one lorry.',
    question: 'How many carts does the south ferry carry?',
    answer: 'two carts',
  },
  {
    id: 'bakery',
    title: 'The bakery in Rope Street',
    text: 'The bakery in Rope Street opens at five in the morning. Its rye bread is baked on Tuesdays and Fridays. The oven was built in 1911 and burns beech wood.',
    question: 'On which days is rye bread baked?',
    answer: 'on Tuesdays and Fridays',
  },
  {
    id: 'mill',
    title: 'The mill above the weir',
    text: 'The mill above the weir grinds wheat and rye. It stands still when the river is lower than two feet. The miller sells flour to the bakery in Rope Street.',
    question: 'When does the mill stand still?',
    answer: 'when the river is lower than two feet',
  },
  {
    id: 'school',
    title: 'The harbour school',
    text: 'The harbour school has ninety pupils and four teachers. Lessons begin at eight. Sailing is taught from the age of ten.',
    question: 'From what age do pupils learn sailing?',
    answer: 'from the age of ten',
  },
  {
    id: 'library',
    title: 'The reading room',
    text: 'The reading room lends books for three weeks. A book that comes back late costs a penny a day. The reading room is closed on Mondays.',
    question: 'What does a book cost that is returned late?',
    answer: 'a penny a day',
  },
  {
    id: 'doctor',
    title: 'The surgery',
    text: 'The physician sees patients from nine to noon. Broken bones are set at any hour. Medicine is paid for by the fishermen’s guild.',
    question: 'At what hours does the doctor see patients?',
    answer: 'from nine to noon',
  },
  {
    id: 'guild',
    title: 'The fishermen’s guild',
    text: 'The fishermen’s guild was founded in 1782. A member pays four shillings a year. Widows of members receive a pension of ten shillings.',
    question: 'What does a member of the guild pay each year?',
    answer: 'four shillings a year',
  },
  {
    id: 'lighthouse',
    title: 'The lighthouse',
    text: 'The lighthouse on the Sow flashes twice every ten seconds. Its keeper rows out on the first of each month. The lamp was electric from 1934.',
    question: 'Since when has the lamp of the lighthouse been electric?',
    answer: 'electric from 1934',
  },
  {
    id: 'bell',
    title: 'The fog bell',
    text: 'The fog bell on the pier is rung by hand. Two people take turns of one hour. Whoever hears it lowers the sails.',
    question: 'How long is a turn at the fog bell?',
    answer: 'turns of one hour',
  },
];

/** About other things: every one of them should be refused. */
const offTopicQuestions: readonly string[] = [
  'Which enzyme unwinds the double helix during replication?',
  'Who won the world chess championship in Reykjavik?',
  'How is a mortgage refinanced at a fixed interest rate?',
  'What is the boiling point of liquid nitrogen?',
  'Which composer wrote the Goldberg Variations?',
  'How do I configure a Kubernetes ingress controller?',
];

/** The three files of the folder, by name. */
export function gateFiles(): Record<'corpus.jsonl' | 'queries.jsonl' | 'qrels.tsv', string> {
  return {
    'corpus.jsonl': lines(facts.map(({ id, title, text }) => ({ id, title, text }))),
    'queries.jsonl': lines(facts.map(toQuery)),
    'qrels.tsv': facts.map(({ id }) => `about-${id}\t${id}\t1`).join('\n'),
  };
}

function toQuery({ id, text, question, answer }: (typeof facts)[number]) {
  // Offsets are in code points.
  const start = Array.from(text.slice(0, text.indexOf(answer))).length;
  const answers = [{ start, end: start + Array.from(answer).length, text: answer }];
  return { id: `about-${id}`, text: question, doc: id, answers };
}

export function offTopicFiles(): ReturnType<typeof gateFiles> {
  return {
    'corpus.jsonl': '',
    'queries.jsonl': lines(offTopicQuestions.map((text, index) => ({ id: `other-${index}`, text }))),
    'qrels.tsv': '',
  };
}

function lines(values: readonly object[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n');
}
