/**
 * A kept passage without the line ends that its file had within paragraphs: they are the file's, not the author's. Those of
 * rows, list items and indented lines stay, as do blank lines.
 */
export function flowingText(text: string): string {
  return text.replaceAll(/(?<![\n|])\n(?![\n|\s\-–*•]|\d+[.)]\s|$)/g, ' ');
}
