/** Longer, a row or a heading is none that somebody wrote, and takes time that grows with the square of it. */
const LINE_CHARACTERS_MAX = 50_000;

const longLine = new RegExp(`^.{${LINE_CHARACTERS_MAX}}`, 'm');
const rule = /^[ \t>]*(?=[^|]*\|)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const heading = /^((?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t]){0,200})#{1,6}(?=[ \t])/;

/** Makes rows of tables and headings that are too long paragraphs, which are read in parts: all that they say is kept. */
export function withoutLongLines(markdown: string): string {
  if (!longLine.test(markdown)) return markdown;
  let isInTable = false;
  return markdown
    .split('\n')
    .map((line) => {
      if (line.trim() === '') isInTable = false;
      else if (line.length < LINE_CHARACTERS_MAX && rule.test(line)) isInTable = true;
      if (line.length < LINE_CHARACTERS_MAX) return line;
      return isInTable ? `\n${line.replaceAll('|', '\\|')}\n` : line.replace(heading, '$1');
    })
    .join('\n');
}
