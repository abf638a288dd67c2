/** Deeper ones no person writes. */
const NESTING_MAX = 20;
const begin = /^\s*EQ\s/i;
/** How the field is set: `\* jc2`, `\* "Font:MS Mincho"`. */
const setting = /\\\*\s{0,5}(?:"[^"]*"|\w+)/y;
/** What is made of what stands in brackets, and how: `\o\ad(`, `\s\up 9(`. */
const operation = /\\([a-z]{1,4})\s{0,5}(?:-?\d{1,4}\s{0,5})?(?:\\[a-z]{1,4}\s{0,5}(?:-?\d{1,4}\s{0,5})?){0,5}\(/iy;

/** Whether the instruction of a field is an equation of Word's own, the text of which stands nowhere else. */
export function isEquationField(instruction: string): boolean {
  return begin.test(instruction);
}

/**
 * What an equation field shows, in one line: of characters that are laid over each other the last ones, which have the others as
 * their reading (furigana) or stand in them, and fractions as `1/2`. '' for one of other signs.
 */
export function readEquationField(instruction: string): string {
  const reader = { text: instruction.replace(begin, ''), at: 0, isOther: false };
  const shown = readList(reader, 0).join('').trim();
  return reader.isOther ? '' : shown;
}

interface Reader {
  text: string;
  at: number;
  /** Something in it is not read. */
  isOther: boolean;
}

/** What stands up to the bracket that closes, or the end; outside of brackets nothing parts it. */
function readList(reader: Reader, depth: number): string[] {
  const parts = [''];
  const signs: string[] = [];
  const add = (text: string) => parts.push(`${parts.pop() ?? ''}${text}`);
  reader.isOther ||= depth > NESTING_MAX;
  while (!reader.isOther && reader.at < reader.text.length) {
    const sign = reader.text[reader.at] ?? '';
    if (sign === '\\') add(readSwitch(reader, depth));
    else {
      reader.at += 1;
      if (sign === ')' && depth > 0) return joinDecimals(parts, signs);
      if (depth > 0 && (sign === ',' || sign === ';')) {
        signs.push(sign);
        parts.push('');
      } else add(sign);
    }
  }
  // It is not closed.
  reader.isOther ||= depth > 0;
  return joinDecimals(parts, signs);
}

/** Where numbers have commas, parts are parted by semicolons. */
function joinDecimals(parts: readonly string[], signs: readonly string[]): string[] {
  if (!signs.includes(';')) return [...parts];
  const joined = [''];
  for (const [index, part] of parts.entries()) {
    if (signs[index - 1] === ';') joined.push(part);
    else joined.push(`${joined.pop() ?? ''}${index === 0 ? '' : ','}${part}`);
  }
  return joined;
}

function readSwitch(reader: Reader, depth: number): string {
  if (take(reader, setting) !== undefined) return '';
  const kind = take(reader, operation)?.[1]?.toLowerCase();
  if (kind === undefined) {
    const sign = reader.text[reader.at + 1] ?? '';
    reader.at += 2;
    reader.isOther ||= /\w/.test(sign);
    return sign;
  }
  const parts = readList(reader, depth + 1).map((part) => part.trim());
  if (kind === 'o') return parts.at(-1) ?? '';
  if (kind === 's') return parts.join('');
  if (kind === 'f' && parts.length === 2) return parts.map(inBrackets).join('/');
  reader.isOther = true;
  return '';
}

function inBrackets(part: string): string {
  return /^[\p{L}\p{N}.,]*$/u.test(part) ? part : `(${part})`;
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.text) ?? undefined;
  if (match !== undefined) reader.at = pattern.lastIndex;
  return match;
}
