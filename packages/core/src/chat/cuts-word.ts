import { characterBoundary } from '../character-boundary.ts';

const unitSigns = String.raw`\p{Sc}%‰°`;
const dashes = String.raw`\-\u2010-\u2013\u2212`;

/** What stands left and right of a cut that must not be made, on one side each. */
const joints: readonly { before: RegExp; after: RegExp }[] = [
  // 40,000 is not 40, and 3-5 is not 5.
  { before: /\p{N}$/u, after: new RegExp(String.raw`^[.,:/'${dashes}]\p{N}`, 'u') },
  { before: new RegExp(String.raw`\p{N}[.,:/'${dashes}]$`, 'u'), after: /^\p{N}/u },
  // -5, ±5, <5, ~5 and €5 are not 5, and 5 % is not 5.
  { before: new RegExp(String.raw`[+±<>≤≥≠≈~${dashes}]$`, 'u'), after: /^\p{N}/u },
  { before: /\p{Sc}[+-]? ?$/u, after: /^\p{N}/u },
  { before: /\p{N}$/u, after: new RegExp(String.raw`^\s?[${unitSigns}]`, 'u') },
  // 10^6 is not 10, m^2 not m.
  { before: /[\p{L}\p{N}]$/u, after: /^\^[+-]?[\p{L}\p{N}]/u },
  { before: /[\p{L}\p{N}]\^[+-]?$/u, after: /^[\p{L}\p{N}]/u },
  // "non-refundable" is not "refundable", "tax-free" not "tax", "can't" not "can".
  { before: /[\p{L}\p{N}][-\u2010\u2011]$/u, after: /^[\p{L}\p{N}]/u },
  { before: /[\p{L}\p{N}]$/u, after: /^[-'’\u2010\u2011]\p{L}/u },
];

/**
 * Whether a text, cut there, would say something else: within a word, or a number and its sign, unit sign or exponent.
 * Scripts that write no spaces have no word to cut.
 */
export function cutsWord(text: string, at: number): boolean {
  if (characterBoundary(text, at) !== at) return true;
  const before = text.slice(Math.max(0, at - 3), at);
  const after = text.slice(at, at + 3);
  if (/^\p{M}/u.test(after)) return true;
  if (joints.some((joint) => joint.before.test(before) && joint.after.test(after))) return true;
  const last = /[\p{L}\p{N}]$/u.exec(before)?.[0];
  const first = /^[\p{L}\p{N}]/u.exec(after)?.[0];
  if (last === undefined || first === undefined) return false;
  return !isUnspaced(last) || !isUnspaced(first);
}

function isUnspaced(character: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u.test(
    character,
  );
}
