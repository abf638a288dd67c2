import { readdirSync, readFileSync } from 'node:fs';
import { type QuotedLanguage, quotedLanguages } from './languages.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface VariedText {
  text: string;
  language: QuotedLanguage;
}

const digitsOf = (zero: string, number: number): string =>
  String(number).replaceAll(/\d/g, (digit) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit)));
const hanDigits = Array.from('〇一二三四五六七八九');

const slots: Record<string, (random: SeededRandom, language: QuotedLanguage) => string> = {
  n: (random) => String(1 + random.below(10 ** (1 + random.below(4)))),
  d: (random) => `${1 + random.below(900)}${random.pick(['.', ','])}${random.below(10)}${random.below(10)}`,
  // In groups of three, as the French and the Russians write them.
  g: (random) => `${1 + random.below(99)}\u202f${100 + random.below(900)}\u202f${100 + random.below(900)}`,
  a: (random) => `${digitsOf('٠', 1 + random.below(999))}${random.pick(['', '٫٥', '٬٢٠٠'])}`,
  h: (random) => digitsOf('०', 1 + random.below(99)),
  c: (random) => `${hanDigits[2 + random.below(8)]}${random.pick(['十', '百', '万'])}${hanDigits[1 + random.below(9)]}`,
  name: (random, { names }) => random.pick(names),
  unit: (random, { units }) => random.pick(units),
};

const samples = new URL('../../documents/samples/', import.meta.url);
const sampleTexts = readdirSync(samples).map((name) => readFileSync(new URL(name, samples), 'utf8'));
const sampleCharacters = 2_000;

/** A stretch of one of the documents that the app brings along. */
function sampleStretch(random: SeededRandom): string {
  const whole = random.pick(sampleTexts);
  const start = whole.indexOf(' ', random.below(Math.max(1, whole.length - sampleCharacters))) + 1;
  return whole.slice(start, whole.indexOf(' ', start + sampleCharacters) + 1 || undefined).trim();
}

/** A text of some sentences in one language, of a kind that people upload, with tables, code or signs among them now and then. */
export function variedText(random: SeededRandom): VariedText {
  const language = random.pick(Object.values(quotedLanguages));
  if (language === quotedLanguages['english'] && random.below(2) === 0)
    return { text: sampleStretch(random), language };
  const others = ['signs', 'code', 'table'].flatMap((name) => quotedLanguages[name] ?? []);
  const parts = Array.from({ length: 3 + random.below(10) }, () => {
    const from = random.below(6) === 0 ? random.pick(others) : language;
    const template = random.pick(from.sentences);
    return template.replaceAll(/\{(\w+)\}/g, (_, slot: string) => slots[slot]?.(random, from) ?? '');
  });
  const separator = random.pick([' ', ' ', '\n', '\n\n', '\n- ']);
  const text = parts.map((part) => (part.startsWith('|') ? `\n\n${part}\n\n` : part)).join(separator);
  return { text: random.below(8) === 0 ? text.normalize('NFD') : text, language };
}
