/** Longer, a row or a heading is none that somebody wrote, and takes time that grows with the square of it. */
const LINE_CHARACTERS_MAX = 50_000;

const longLine = new RegExp(`^.{${LINE_CHARACTERS_MAX}}`, 'm');
const rule = /^[ \t>]*(?=[^|]*\|)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const heading = /^((?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t]){0,200})#{1,6}(?=[ \t])/;

/** More signs in a row emphasise nothing. */
const tooManySigns = /(\*{500})\*+|(_{500})_+|(~{500})~+|(`{500})`+/g;

/** Makes rows of tables and headings that are too long paragraphs, which are read in parts: all that they say is kept. */
export function withoutLongLines(markdown: string): string {
  const shortened = markdown.replace(tooManySigns, '$1$2$3$4');
  if (!longLine.test(shortened)) return shortened;
  let isInTable = false;
  return shortened
    .split('\n')
    .map((line) => {
      if (line.trim() === '') isInTable = false;
      else if (line.length < LINE_CHARACTERS_MAX && rule.test(line)) isInTable = true;
      if (line.length < LINE_CHARACTERS_MAX) return line;
      return isInTable ? `\n${line.replaceAll('|', '\\|')}\n` : line.replace(heading, '$1');
    })
    .join('\n');
}
