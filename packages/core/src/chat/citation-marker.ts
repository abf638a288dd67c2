/** One place a marker names: a passage of the prompt, perhaps a sentence of it, perhaps the words that prove the claim. */
export interface CitationReference {
  /** From 1. May name a passage that was never sent. */
  passageNumber: number;
  /** From 1; null when the marker names the passage as a whole. */
  sentenceNumber: number | null;
  /** What the model says stands there; to be located before it is believed. */
  quote: string | null;
}

/** Longer bracketed lists of numbers are not markers. */
const plainCharactersMax = 60;
/** A model that quotes more than this copies instead of proving. */
const quotedCharactersMax = 900;

/** Before a passage alone, as in `[S3]`, it is part of what is said. */
const sentencePrefix = 's';
/** What models put before the number, whatever the prompt shows: `[^1]`, `[S1.2]`, `[Source 2]`, `【Passage 1】`. */
const prefixes = [
  '^',
  sentencePrefix,
  'passage',
  'passages',
  'source',
  'sources',
  'src',
  'ref',
  'reference',
  'sentence',
  'document',
  'doc',
  'quelle',
  'stelle',
  'fuente',
  'pasaje',
  'fonte',
  'bron',
];
/** And behind it: `【1†source】`. */
const dagger = /†[^[\]【】\n]*/;

const plainStart = /^\[(?:\d[\d ,;:.–-]*)?$/;
const quotedStart = /^\[\d{1,3}(?:\.\d{1,3})? {0,2}[:,]? {0,2}["“”„«'‘’]/;
const quotedEnd = /["“”»'’] ?\]$/;
const quotedEndCharacters = 3;
/** Of text and not of a marker that breaks off: a bracket or line that ends, words behind a dagger or a quote. */
const textInside = /[\]】\n]|†[^"“”„«'‘]*[^\w.:-]|["“”„«'‘’][^"“”»]*(?:["“”»]|['’]\s) ?[^\s\]】]/;

export function isMarkerOpening(character: string): boolean {
  return character === '[' || character === '【';
}

export function isMarkerClosing(character: string): boolean {
  return character === ']' || character === '】';
}

/** A marker as the prompt asks for it: in plain brackets, without what was put before (`prefix`) and behind its numbers. */
function plainly(text: string): { text: string; prefix: string } {
  const body = text.slice(1).replace(/】$/, ']');
  const [before = '', word = '', point = ''] = /^ ?([\p{L}^]*)(\.?[ :#]*)/u.exec(body) ?? [];
  const isPrefixed =
    word !== '' && prefixes.includes(word.toLowerCase()) && (point !== '' || before.length < body.length);
  const bare = isPrefixed ? body.slice(before.length) : body;
  return {
    text: `[${/^\d[^"“”„«'‘]*†/.test(bare) ? bare.replace(dagger, '') : bare}`,
    prefix: isPrefixed ? word.toLowerCase() : '',
  };
}

/** Whether a text that begins with a bracket can still become a marker. */
export function isMarkerStart(given: string): boolean {
  const word = given.slice(1).toLowerCase();
  if (word !== '' && prefixes.some((prefix) => prefix.startsWith(word))) return true;
  if (given.length >= quotedCharactersMax) return false;
  const { text } = plainly(given);
  if (given.length < plainCharactersMax && plainStart.test(text)) return true;
  return quotedStart.test(text) && !quotedEnd.test(text.slice(-quotedEndCharacters)) && !text.endsWith('\n\n');
}

/** Whether what began as a marker, and was cut off, is half a marker: nothing of the text went into it. */
export function isHalfMarker(given: string): boolean {
  return given.length > 1 && !textInside.test(given);
}

/**
 * What a marker names, in its order: `[2]`, `[2.1]` (a sentence), `[2.1 "its words"]`, and lists and ranges of the first
 * two, also where a model writes them in its own way (`【1†source】`, `[^2]`, `[Source 2]`). Undefined when the text is no marker: years such
 * as `[1994]` are text, and so is `[Doc 7]` where no passage of that number was sent. A range names `passagesMax` passages at most.
 */
export function readMarker(given: string, passagesMax: number): CitationReference[] | undefined {
  const { text, prefix } = plainly(given);
  const quoted = /^\[(\d{1,3})(?:\.(\d{1,3}))? {0,2}[:,]? {0,2}["“”„«'‘’]([\s\S]*)["“”»'’] ?\]$/.exec(text);
  if (quoted !== null) {
    const [, passage, sentence, quote = ''] = quoted;
    if (prefix === sentencePrefix && sentence === undefined) return undefined;
    return [{ ...place(passage, sentence), quote: quote.trim() === '' ? null : quote.trim() }];
  }
  if (!/^\[\d{1,3}(?:\.\d{1,3})?(?: *[,;–-] *\d{1,3}(?:\.\d{1,3})?)* *\]$/.test(text)) return undefined;
  const references = text
    .slice(1, -1)
    .split(/[,;]/)
    .flatMap((part) => readRange(part.trim(), passagesMax));
  return prefix === '' || isOurs(references, prefix, passagesMax) ? references : undefined;
}

/** Whether what stands behind a prefix names what was sent, rather than a seat, a footnote or a document's own annex. */
function isOurs(references: readonly CitationReference[], prefix: string, passagesMax: number): boolean {
  if (prefix === sentencePrefix && references.some(({ sentenceNumber }) => sentenceNumber === null)) return false;
  return references.some(({ passageNumber }) => passageNumber >= 1 && passageNumber <= passagesMax);
}

function readRange(part: string, passagesMax: number): CitationReference[] {
  const [from, to] = part.split(/ *[–-] */).map((end) => end.split('.'));
  const first = { ...place(from?.[0], from?.[1]), quote: null };
  if (to === undefined) return [first];
  // From [2.1-3] or [2.1-2.3] on it is a range of sentences; without a point, of passages.
  if (first.sentenceNumber !== null) {
    const last = Number(to[1] ?? to[0]);
    return series(first.sentenceNumber, last, passagesMax).map((sentenceNumber) => ({ ...first, sentenceNumber }));
  }
  return series(first.passageNumber, Number(to[0]), passagesMax).map((passageNumber) => ({ ...first, passageNumber }));
}

function series(from: number, to: number, lengthMax: number): number[] {
  return Array.from({ length: Math.min(Math.max(0, to - from + 1), lengthMax) }, (_, index) => from + index);
}

function place(passage: string | undefined, sentence: string | undefined) {
  return { passageNumber: Number(passage), sentenceNumber: sentence === undefined ? null : Number(sentence) };
}
