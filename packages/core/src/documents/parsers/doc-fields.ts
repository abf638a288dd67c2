import { isEquationField } from './equation-field.ts';
import { escapeXml } from './escape-xml.ts';

const BEGIN = '\x13';
const SEPARATOR = '\x14';

/** Fields, which may stand in each other: an instruction, and what it came to. Only the latter is read, and of equations the former. */
export interface DocFields {
  /**
   * Begins a field, begins its result, or ends it; what is put in its place.
   *
   * @param isShown whether the sign itself is neither deleted nor hidden.
   */
  take(sign: string, isShown: boolean): string;
  isInstruction(): boolean;
  addInstruction(text: string): void;
  /** Whether the results of all fields that are open are shown. */
  isShown(): boolean;
}

interface Field {
  instruction: string;
  hasResult: boolean;
  end: string;
}

const link = /^\s*HYPERLINK\s+"([^"]+)"/i;
/**
 * The places of signs that begin a field which has neither a result nor an end: what follows is text.
 *
 * @param signs signs of fields in the order of the text, each with its place.
 */
export function findUnendedFields(signs: readonly { sign: string; place: number }[]): ReadonlySet<number> {
  const open: { place: number; hasResult: boolean }[] = [];
  for (const { sign, place } of signs) {
    const field = open.at(-1);
    if (sign === BEGIN) open.push({ place, hasResult: false });
    else if (sign !== SEPARATOR) open.pop();
    else if (field !== undefined) field.hasResult = true;
  }
  return new Set(open.filter(({ hasResult }) => !hasResult).map(({ place }) => place));
}

const instructionXml = (instruction: string) => `<w:r><w:instrText>${escapeXml(instruction)}</w:instrText></w:r>`;
const mark = (kind: string) => `<w:r><w:fldChar w:fldCharType="${kind}"/></w:r>`;

export function createDocFields(): DocFields {
  const open: Field[] = [];
  /** How many of them have no result yet. */
  let waiting = 0;
  return {
    take(sign, isShown) {
      const field = open.at(-1);
      if (sign === BEGIN) {
        open.push({ instruction: '', hasResult: false, end: '' });
        waiting += 1;
      } else if (sign === SEPARATOR && field !== undefined) {
        if (!field.hasResult) waiting -= 1;
        field.hasResult = true;
        const address = link.exec(field.instruction)?.[1];
        if (address === undefined || waiting > 0) return '';
        field.end = mark('end');
        return mark('begin') + instructionXml(`HYPERLINK "${address}"`) + mark('separate');
      } else {
        open.pop();
        if (field?.hasResult !== false) return field?.end ?? '';
        waiting -= 1;
        // What it shows stands in its instruction alone.
        const isEquation = isShown && waiting === 0 && isEquationField(field.instruction);
        return isEquation ? mark('begin') + instructionXml(field.instruction) + mark('end') : '';
      }
      return '';
    },
    isInstruction: () => open.at(-1)?.hasResult === false,
    addInstruction(text) {
      const field = open.at(-1);
      if (field !== undefined) field.instruction += text;
    },
    isShown: () => waiting === 0,
  };
}
