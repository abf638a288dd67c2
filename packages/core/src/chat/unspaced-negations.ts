interface Negation {
  /** What denies, without what only looks like it: 非常 is “very”, なければならない “must”. */
  pattern: RegExp;
  /** On which side of it what it denies stands. */
  denies: 'before' | 'after';
}

const negations: readonly Negation[] = [
  // Chinese
  {
    pattern: /不(?![同断斷过過仅僅但管论論])|没有?|沒有?|无(?!论)|無(?!論)|非(?![常洲])|未(?![来來])|勿/gu,
    denies: 'after',
  },
  // Japanese
  {
    pattern:
      /(?<!なければなら|なくてはなら|なければいけ|なくてはいけ|[少危切幼])(?:ない|なかった)|(?<!なければなり|なければいけ|なくてはなり|なくてはいけ)ません|ではなく/gu,
    denies: 'before',
  },
  // Thai
  { pattern: /(?<!หรือ)ไม่(?!เพียง)|มิได้|ปราศจาก|ไร้/gu, denies: 'after' },
];
/** What a negation denies stands within so many characters. */
const reach = 8;
const clauseEnd = /[、，。；：！？,;:.!?()（）\n]/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The stretches of a text in scripts without spaces that a negation of the same clause stands close to. */
export function deniedStretches(text: string): string[] {
  if (!unspaced.test(text)) return [];
  return text.split(clauseEnd).flatMap((clause) => {
    const own = kana.test(clause) ? negations.filter(({ denies }) => denies === 'before') : negations;
    return own.flatMap(({ pattern, denies }) =>
      Array.from(clause.matchAll(pattern), ({ 0: said, index }) => {
        const end = index + said.length;
        return denies === 'before' ? clause.slice(Math.max(0, index - reach), index) : clause.slice(end, end + reach);
      }),
    );
  });
}
