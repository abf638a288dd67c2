import { atomsOf, changeAtom, changeOne, type QuoteTrial, someWords } from './quote-trial.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Changes what a quote says; undefined where it has nothing to change in this way. */
export type QuoteMutation = (trial: QuoteTrial) => string | undefined;

const alphabets = [
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдежзиклмнопрстуфхцчшщэюя',
  'αβγδεζηθικλμνξοπρστυφχψω',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  'אבגדהוזחטיכלמנסעפצקרשת',
  'कखगघचछजझटठडढतथदधनपफबभमयरलवशसह',
  'กขคงจฉชซญดตถทธนบปผพฟมยรลวสหอ',
  '雪山川猫犬本木水火土金月日人大小中上下',
  'あいうえおかきくけこさしすせそ',
  '가나다라마바사아자차카타파하',
].map((letters) => Array.from(letters));
const scripts = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Thai',
  'Han',
  'Hiragana',
  'Hangul',
].map((script) => new RegExp(`\\p{Script=${script}}`, 'u'));
const anotherLetter = (random: SeededRandom, letter: string): string => {
  const alphabet = alphabets[scripts.findIndex((script) => script.test(letter))] ?? alphabets[0] ?? [];
  return random.pick(alphabet.filter((candidate) => candidate !== letter.toLowerCase()));
};
const anotherDigit = (random: SeededRandom, digit: string): string => {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero -= 1;
  const base = /[0-9]/.test(digit) ? 48 : zero;
  return String.fromCodePoint(base + ((code - base + 1 + random.below(9)) % 10));
};

/** Exchanges two words or characters that stand so far apart at most. */
function exchange({ random, quote }: QuoteTrial, distance: number): string | undefined {
  const atoms = atomsOf(quote);
  if (atoms.length < 2) return undefined;
  const first = random.below(atoms.length - 1);
  const second = Math.min(atoms.length - 1, first + 1 + random.below(distance));
  const [a, b] = [atoms[first], atoms[second]];
  if (a === undefined || b === undefined) return undefined;
  return quote.slice(0, a.start) + b.text + quote.slice(a.end, b.start) + a.text + quote.slice(b.end);
}

const negations =
  /(?<!\p{L})(?:not|never|nobody|non-|nicht|nie|keine|pas|jamais|sans|bez|không|chưa|не|без|δεν|ποτέ|χωρίς|لم|ولا|לא|नहीं)(?!\p{L}) ?|n’t|ない|ず|不|没有|从未|ไม่/giu;
const homoglyphs: Readonly<Record<string, string>> = {
  a: 'а', e: 'е', o: 'о', p: 'р', c: 'с', x: 'х', y: 'у', i: 'і', А: 'A', О: 'O', а: 'a', е: 'e', о: 'o', р: 'p', с: 'c',
  ο: 'o', ν: 'v', ا: '١', 一: 'ー', 口: 'ロ', 二: 'ニ', 力: 'カ', l: 'ӏ', '0': 'О', '1': 'l',
}; // biome-ignore format: pairs
const signs = ['<', '>', '≤', '≥', '%', '‰', '€', '$', '°', '±', '=', '+', '×', '≠', '٪', 'Ω'];
const symbols = [
  '✅',
  '❌',
  '👍',
  '👎',
  '★',
  '☆',
  '●',
  '○',
  '→',
  '←',
  '♀',
  '♂',
  '🇩',
  '🇪',
  '🇫',
  '🚀',
  '♯',
  '♭',
  '👩',
  '👧',
];
const operators = ['&&', '||', '===', '!=', '==', '<=', '>=', '+=', '-=', '*', '/', '%', '&'];
const anotherOf = (random: SeededRandom, things: readonly string[], thing: string): string =>
  random.pick(things.filter((candidate) => candidate !== thing));
const oneOf = (things: readonly string[]): RegExp =>
  new RegExp(things.map((thing) => thing.replaceAll(/[|*+$^/]/g, String.raw`\$&`)).join('|'), 'gu');

export const quoteMutations: Readonly<Record<string, QuoteMutation>> = {
  'a letter changed': (trial) => changeOne(trial, /\p{L}/gu, (letter) => anotherLetter(trial.random, letter)),
  'a letter lost': (trial) => changeOne(trial, /\p{L}/gu, () => ''),
  'a letter added': (trial) => changeOne(trial, /\p{L}/gu, (letter) => letter + anotherLetter(trial.random, letter)),
  'two letters exchanged': (trial) => changeOne(trial, /\p{L}{2}/gu, (pair) => Array.from(pair).toReversed().join('')),
  'a digit changed': (trial) => changeOne(trial, /\p{Nd}/gu, (digit) => anotherDigit(trial.random, digit)),
  'a digit lost': (trial) => changeOne(trial, /\p{Nd}/gu, () => ''),
  'a digit added': (trial) => changeOne(trial, /\p{Nd}/gu, (digit) => digit + anotherDigit(trial.random, digit)),
  'a word lost': (trial) => changeAtom(trial, () => ''),
  'a word added': (trial) =>
    changeAtom(
      trial,
      (atom) =>
        `${/^[\w\p{Script=Cyrillic}]/u.test(atom) ? ' ' : ''}${trial.random.pick(trial.language.words)} ${atom}`,
    ),
  'a word twice': (trial) => changeAtom(trial, (atom) => `${atom} ${atom}`),
  'another word': (trial) => changeAtom(trial, () => trial.random.pick(trial.language.words)),
  'neighbours exchanged': (trial) => exchange(trial, 1),
  'distant words exchanged': (trial) => exchange(trial, 40),
  'a negation added': (trial) => changeAtom(trial, (atom) => `${trial.language.negation} ${atom}`),
  'a negation glued on': (trial) =>
    changeOne(
      trial,
      /(?<!\p{L})\p{L}{3}/gu,
      (word) => `${trial.random.pick(['non-', 'un', 'in', '不', 'не', 'لا'])}${word}`,
    ),
  'a negation lost': (trial) => changeOne(trial, negations, () => ''),
  'a number exchanged for another': (trial) => {
    const numbers = trial.text.match(/\p{Nd}[\p{Nd}.,٫٬]*\p{Nd}|\p{Nd}/gu) ?? ['7'];
    return changeOne(trial, /\p{Nd}[\p{Nd}.,٫٬]*\p{Nd}|\p{Nd}/gu, () => trial.random.pick(numbers));
  },
  'a decimal point moved': (trial) =>
    changeOne(trial, /\p{Nd}[.,٫٬]\p{Nd}/gu, (number) => `${number[1]}${number[0]}${number[2]}`),
  'a decimal point lost': (trial) => changeOne(trial, /(?<=\p{Nd})[.,٫٬\u202f](?=\p{Nd})/gu, () => ''),
  'a leading point lost': (trial) => changeOne(trial, /(?<= )\.(?=\p{Nd})/gu, () => ''),
  'a leading point added': (trial) => changeOne(trial, /(?<= )\p{Nd}/gu, (digit) => `.${digit}`),
  'a sign before a number': (trial) =>
    changeOne(trial, /(?<=^|\s)[-−+±]?\p{Nd}/gu, (number) =>
      /^\p{Nd}/u.test(number) ? `-${number}` : number.slice(1),
    ),
  'a sign changed': (trial) => changeOne(trial, oneOf(signs), (sign) => anotherOf(trial.random, signs, sign)),
  'a sign lost': (trial) => changeOne(trial, oneOf(signs), () => ''),
  'a symbol changed': (trial) => changeOne(trial, oneOf(symbols), (symbol) => anotherOf(trial.random, symbols, symbol)),
  'a symbol lost': (trial) => changeOne(trial, oneOf(symbols), () => ''),
  'a prime changed': (trial) => changeOne(trial, /(?<=\d)[′″]/gu, (prime) => (prime === '′' ? '″' : '′')),
  'an exponent flattened': (trial) => changeOne(trial, /[²³⁶]/gu, (raised) => raised.normalize('NFKC')),
  'an exponent changed': (trial) => changeOne(trial, /[²³⁶]/gu, (raised) => (raised === '²' ? '³' : '²')),
  'a unit exchanged': (trial) => {
    const all = trial.language.units.map((unit) => unit.replaceAll(/[/.$]/g, String.raw`\$&`)).join('|');
    return changeOne(trial, new RegExp(`(?<=\\d\\s?)(?:${all})`, 'gu'), (unit) =>
      anotherOf(trial.random, trial.language.units, unit),
    );
  },
  'a name exchanged': (trial) =>
    changeOne(trial, oneOf(trial.language.names), (name) => anotherOf(trial.random, trial.language.names, name)),
  'an accent lost': (trial) =>
    changeOne(trial, /\p{L}\p{M}*/gu, (letter) => letter.normalize('NFD').replaceAll(/\p{M}/gu, '')),
  'an accent added': (trial) => changeOne(trial, /\p{L}\p{M}*/gu, (letter) => `${letter}\u0323`),
  'a letter that looks the same': (trial) =>
    changeOne(trial, oneOf(Object.keys(homoglyphs)), (letter) => homoglyphs[letter] ?? letter),
  'an operator changed': (trial) =>
    changeOne(trial, /(?<= )(?:&&|\|\||===|!=|==|<=|>=|\+=|[*/%])(?= )/gu, (operator) =>
      anotherOf(trial.random, operators, operator),
    ),
  'an index lost': (trial) => changeOne(trial, /(?<=[\p{L}_])\[\d+\](?= ?[=+*%<>])/gu, () => ''),
  'a unit in other letters': (trial) =>
    changeOne(trial, /(?<=\d ?)(?:m[WVA]|M[WVA]|[MG][bB])(?!\p{L})/gu, (unit) =>
      Array.from(unit)
        .map((letter, at) => (at === 0 ? (letter === 'm' ? 'M' : 'm') : letter))
        .join(''),
    ),
  'a logical not lost': (trial) => changeOne(trial, /!(?=[\p{L}(])/gu, () => ''),
  'a joint lost': (trial) => changeOne(trial, /(?<=\p{L})[_/#&-](?=[\p{L} ])/gu, () => ''),
  'sentences of two places': (trial) => {
    const more = someWords(trial.random, trial.text, 3 + trial.random.below(6));
    return trial.random.below(2) === 0 ? `${trial.quote} ${more}` : `${more} ${trial.quote}`;
  },
  'two places in the wrong order': (trial) => {
    const parts = trial.quote.split(/(?<=\s)/);
    const half = parts.length >> 1;
    return half < 3 ? undefined : `${parts.slice(half).join('')} … ${parts.slice(0, half).join('')}`;
  },
  'a negation behind an ellipsis': (trial) =>
    changeOne(
      trial,
      new RegExp(String.raw`(?<=\S+ \S+ \S+ )(?:${negations.source})(?=\S+ \S+ \S+)`, 'giu'),
      () => '… ',
    ),
  'a quote of another document': (trial) => someWords(trial.random, trial.other, 5 + trial.random.below(30)),
  'the end of another document': (trial) =>
    `${trial.quote} ${someWords(trial.random, trial.other, 1 + trial.random.below(4))}`,
};
