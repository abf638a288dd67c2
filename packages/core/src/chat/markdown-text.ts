/**
 * A document's text as Markdown that shows it literally, on one line: no markup, no HTML, no link, and no bracketed
 * number that could pass for a citation.
 */
export function toMarkdownText(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*[\]<|~]/g, String.raw`\$&`)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replace(/^(#{1,6} |[-+>]|\d{1,9}(?=[.)] ))/, (mark) => (/^\d/.test(mark) ? `${mark}\\` : `\\${mark}`));
}
