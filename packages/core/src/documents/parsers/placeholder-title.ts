/**
 * Programs write file names and the names of their own templates into the title; those say less than the name the uploader
 * chose. The names of PowerPoint's empty presentation are those of its English, German, French, Spanish, Italian,
 * Portuguese and Dutch editions.
 */
const placeholders: readonly RegExp[] = [
  /^untitled|^unknown(?: title)?$|^about:blank$|^microsoft (?:word|powerpoint|excel)\b/i,
  /^(?:document|presentation|präsentation|présentation|presentación|presentazione|apresentação|presentatie|book|workbook|dokument|slide|folie|sheet) ?\d*$/i,
  /^power ?point[- ](?:presentation|präsentation|presentatie)$|^pr[eé]sentation powerpoint$|^presentación de powerpoint$/i,
  /^presentazione (?:standard )?di powerpoint$|^apresentação do powerpoint$|^word document$|^dokumenttitel$|^document title$/i,
  /\.(?:docx?|pdf|tex|dvi|indd|qxd|pptx?|xlsx?|od[pst]|rtf|jpe?g|png|tiff?)$/i,
];

/** A title found inside of a file, in one line; null for one that names nothing. */
export function properTitle(found: string): string | null {
  const title = found.replace(/\s+/g, ' ').trim();
  return title === '' || placeholders.some((placeholder) => placeholder.test(title)) ? null : title;
}
