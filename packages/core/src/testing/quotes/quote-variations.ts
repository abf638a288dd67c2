import { changeOne, type QuoteTrial } from './quote-trial.ts';

/** Sets a quote, or the text it is taken from, in another way that says the same. */
export type QuoteVariation = (trial: QuoteTrial) => { text: string; quote: string };

const quoteOnly =
  (change: (quote: string, trial: QuoteTrial) => string): QuoteVariation =>
  (trial) => ({ text: trial.text, quote: change(trial.quote, trial) });

const marks: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '’': "'",
  '–': '-',
  '−': '-',
  '‐': '-',
};
const wide = (character: string): string => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0);

export const quoteVariations: Readonly<Record<string, QuoteVariation>> = {
  'lines broken elsewhere': quoteOnly((quote) => quote.replaceAll(/\s+/g, ' ')),
  'spaces doubled': quoteOnly((quote) => quote.replaceAll(' ', ' \t ')),
  'marks as typed': quoteOnly((quote) => quote.replaceAll(/[“”«»’–−‐]/g, (mark) => marks[mark] ?? mark)),
  'with curled inch marks': quoteOnly((quote) => quote.replaceAll(/(?<=\d)["″](?=[\s,])/g, '”')),
  'without what decorates': quoteOnly((quote) => {
    const bare = quote.replaceAll('☎ ', '');
    // Of fewer than four words, each sign has to be there.
    return bare.split(/[^\p{L}\p{N}]+/u).filter(Boolean).length < 4 ? quote : bare;
  }),
  composed: quoteOnly((quote) => quote.normalize('NFC')),
  decomposed: ({ text, quote }) => ({ text: text.normalize('NFD'), quote: quote.normalize('NFC') }),
  'in small letters': quoteOnly(
    (quote, trial) =>
      changeOne({ ...trial, quote }, /\p{Lu}(?=\p{Ll}{2})/gu, (letter) => letter.toLowerCase()) ?? quote,
  ),
  'with full-width digits': quoteOnly((quote) => quote.replaceAll(/[0-9]/g, wide)),
  'within quotation marks': quoteOnly((quote) => `“${quote}”.`),
  'with soft hyphens in its text': ({ text, quote }) => ({
    text: text.replaceAll(/(?<=\p{Ll}{3})(?=\p{Ll}{3})/gu, '\u00ad'),
    quote,
  }),
  'with words cut at the ends of lines': ({ text, quote }) => ({
    text: text.replaceAll(/(?<=[a-z]{4})(?=[a-z]{4})/g, '-\n'),
    quote,
  }),
  'without its colour': ({ text, quote }) => ({ text: text.replaceAll('✅', '✅\ufe0f'), quote }),
};
