import { isEquationField, readEquationField } from './equation-field.ts';
import { escapeXml } from './escape-xml.ts';
import { unescapeXml } from './unescape-xml.ts';

/** Where a field begins, its result begins, or it ends; a piece of its instruction. */
const mark =
  /<w:fldChar\b[^<>]{0,500}\bw:fldCharType="(begin|separate|end)"|<w:instrText(?:\s[^<>]{0,500})?>([^<]*)<\/w:instrText>/g;
const someText = /<w:t(?:\s[^<>]*)?>[^<]/;
/** As far back as the run before a field is looked for. */
const BEFORE_MAX = 1000;
/** Text of a result begins no later: fields may stand in each other. */
const RESULT_MAX = 5000;

interface Field {
  start: number;
  instruction: string;
  resultAt: number | undefined;
}

/** Puts the text of equation fields, which Word works out from their instructions, where they end: Mammoth reads results alone. */
export function insertEquationFields(documentXml: string): string {
  const pieces: string[] = [];
  const open: Field[] = [];
  let from = 0;
  for (const { 0: tag, 1: kind, 2: instruction, index } of documentXml.matchAll(mark)) {
    const field = open.at(-1);
    if (kind === 'begin') open.push({ start: index, instruction: '', resultAt: undefined });
    else if (field === undefined) continue;
    else if (kind === undefined) field.instruction += unescapeXml(instruction ?? '');
    else if (kind === 'separate') field.resultAt = index + tag.length;
    else {
      open.pop();
      const text = shownBy(field, documentXml, index);
      if (text === '') continue;
      pieces.push(documentXml.slice(from, index), `<w:t xml:space="preserve">${escapeXml(text)}</w:t>`);
      from = index;
    }
  }
  return [...pieces, documentXml.slice(from)].join('');
}

function shownBy({ start, instruction, resultAt }: Field, documentXml: string, end: number): string {
  if (!isEquationField(instruction)) return '';
  if (resultAt !== undefined && someText.test(documentXml.slice(resultAt, Math.min(end, resultAt + RESULT_MAX))))
    return '';
  const text = readEquationField(instruction);
  return /^\d/.test(text) && endsInDigit(documentXml.slice(Math.max(0, start - BEFORE_MAX), start)) ? ` ${text}` : text;
}

/** 3 and 1/2 are not 31/2. */
function endsInDigit(before: string): boolean {
  const inParagraph = before.split('</w:p>').at(-1) ?? '';
  return /\d$/.test(inParagraph.replace(/^[^<]*>|<[^<>]*>|<[^>]*$/g, ''));
}
