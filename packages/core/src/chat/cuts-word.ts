import { characterBoundary } from '../character-boundary.ts';

const unitSigns = String.raw`\p{Sc}%‰‱٪°℃℉′″`;
const dashes = String.raw`\-\u2010-\u2013\u2212`;
/** Between two digits of one number. */
const separators = String.raw`.,:/_'’٫٬`;
/** Between three digits and three digits, as 1 250 000 is written. */
const thinSpaces = String.raw` \u00A0\u2009\u202F`;
const hanNumerals = '〇零一二三四五六七八九十百千万萬亿億兆两兩';

/** What stands left and right of a cut that must not be made, on one side each. */
const joints: readonly { before: RegExp; after: RegExp }[] = [
  // 40,000 is not 40, and 3-5 is not 5.
  { before: /\p{N}$/u, after: new RegExp(String.raw`^[${separators}${dashes}]\p{N}`, 'u') },
  { before: new RegExp(String.raw`\p{N}[${separators}${dashes}]$`, 'u'), after: /^\p{N}/u },
  // 1 250 000 is neither 1 250 nor 250 000, .5 not 5, and 三十 not 十.
  {
    before: /(?<!\p{N})\p{N}{1,3}$/u,
    after: new RegExp(String.raw`^[${thinSpaces}]\p{N}{3}(?!\p{N})`, 'u'),
  },
  {
    before: new RegExp(String.raw`(?<!\p{N})\p{N}{1,3}[${thinSpaces}]$`, 'u'),
    after: /^\p{N}{3}(?!\p{N})/u,
  },
  { before: /(?<![\p{L}\p{M}\p{N}.)\]])\.$/u, after: /^\p{N}/u },
  // Of 一一, the second may begin 一般 or 一个; beside any other numeral 一 is one.
  { before: new RegExp(`[${hanNumerals}]$`, 'u'), after: new RegExp(`^(?!一)[${hanNumerals}]`, 'u') },
  { before: new RegExp(`(?!一)[${hanNumerals}]$`, 'u'), after: /^一/u },
  { before: new RegExp(`[${hanNumerals}]一$`, 'u'), after: /^一/u },
  { before: /一$/u, after: new RegExp(`^一[${hanNumerals}]`, 'u') },
  // -5, ±5, <5, ~5 and €5 are not 5, and 5 % is not 5.
  { before: new RegExp(String.raw`[+±<>≤≥≠≈~${dashes}]$`, 'u'), after: /^\p{N}/u },
  { before: /\p{Sc}[+-]? ?$/u, after: /^\p{N}/u },
  { before: /\p{N}$/u, after: new RegExp(String.raw`^\s?[${unitSigns}]`, 'u') },
  // 10^6 is not 10, m^2 not m.
  { before: /[\p{L}\p{N}]$/u, after: /^\^[+-]?[\p{L}\p{N}]/u },
  { before: /[\p{L}\p{N}]\^[+-]?$/u, after: /^[\p{L}\p{N}]/u },
  // "non-refundable" is not "refundable", "tax-free" not "tax", "can't" not "can", and max_size not size.
  { before: /[\p{L}\p{N}][-_\u2010\u2011]$/u, after: /^[\p{L}\p{N}]/u },
  { before: /[\p{L}\p{N}]$/u, after: /^[-_'’\u2010\u2011]\p{L}/u },
  // Nor is "can'" that: what is cut off denies. In "l'homme", the second word may be quoted.
  { before: /\p{L}['’]$/u, after: /^(?:t|s|d|m|re|ve|ll)(?!\p{L})/iu },
  // "C#" and "C++" are not "C", "5+" is not 5, and "A-" not "A"; two hyphens are a dash.
  { before: /[\p{L}\p{N}]$/u, after: /^(?:\+\+|[+#]+(?![\p{L}\p{N}+#])|-(?![\p{L}\p{N}-]))/u },
  { before: /[\p{L}\p{N}]\+$/u, after: /^\+/u },
  // Of five stars, three are another rating.
  { before: /[★☆]$/u, after: /^[★☆]/u },
  // km/h is not km.
  { before: /\p{L}\/$/u, after: /^\p{L}/u },
  { before: /\p{L}$/u, after: /^\/\p{L}/u },
];

/**
 * Whether a text, cut there, would say something else: within a word, or a number and its sign, unit sign or exponent.
 * Scripts that write no spaces have no word to cut, also where one of another script begins; a number stays with its counter.
 */
export function cutsWord(text: string, at: number): boolean {
  if (characterBoundary(text, at) !== at) return true;
  const before = text.slice(Math.max(0, at - 12), at).replaceAll(/\p{M}+/gu, '');
  const after = text.slice(at, at + 5);
  if (/^[\p{M}\u0E33\u0EB3]/u.test(after)) return true;
  if (joints.some((joint) => joint.before.test(before) && joint.after.test(after))) return true;
  const last = /[\p{L}\p{N}]$/u.exec(before)?.[0];
  const first = /^[\p{L}\p{N}]/u.exec(after)?.[0];
  if (last === undefined || first === undefined) return false;
  if (isUnspaced(last) || isUnspaced(first)) return /\p{N}/u.test(last) || /\p{N}/u.test(first);
  return true;
}

function isUnspaced(character: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u.test(
    character,
  );
}
