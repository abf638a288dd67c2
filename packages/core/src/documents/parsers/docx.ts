import { strFromU8, strToU8, zipSync } from 'fflate';
import mammoth from 'mammoth';
import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedFile } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { unreadableBecauseOf } from '../unreadable-because-of.ts';
import { insertChunks } from './docx-chunks.ts';
import { insertEquationFields } from './docx-equation-fields.ts';
import { headingLevels, headingStyles } from './docx-headings.ts';
import { lookHeadingStyles, markLookHeadings } from './docx-look-headings.ts';
import { insertNumbers } from './docx-numbers.ts';
import { insertPictureTexts } from './docx-pictures.ts';
import { withoutReadings } from './docx-readings.ts';
import { withoutDeepTables } from './docx-tables.ts';
import { addHtmlBlocks } from './html-blocks.ts';
import { readLinkedDrawing } from './linked-drawing.ts';
import { openOfficeEmbeddedFiles } from './office-embedded-files.ts';
import { linearizeEquations } from './office-equations.ts';
import { openOfficePackage } from './office-package.ts';
import { openOfficePictures } from './office-pictures.ts';
import type { ParserInput } from './parser-input.ts';
import { readRelationships } from './relationships.ts';
import { unescapeXml } from './unescape-xml.ts';

/** What holds text beside the body. */
const sidePart = /^word\/(?:header|footer|footnotes|endnotes|comments)\d*\.xml$/;
const DOCX_MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Reads a Word document: body, tables, charts, pictures of text, notes and comments in order, then its page headers and footers. */
export async function parseDocx(input: ParserInput): Promise<ParsedFile> {
  const { archive, parts, mainPart, title } = openOfficePackage(input);
  const body = parts.get(mainPart);
  if (body === undefined) throw unreadable(input.fileName, 'corrupt');
  const equations = linearizeEquations(withoutDeepTables(strFromU8(body)));
  const pictures = openOfficePictures(archive, input);
  const relationships = readRelationships(archive, mainPart, input.fileName);
  const embedded = openOfficeEmbeddedFiles(archive, input);
  for (const [path, part] of parts) if (path === mainPart || sidePart.test(path)) embedded.add(path, () => part);
  const chunks = await insertChunks(equations.xml, relationships, archive, input);
  const readDrawing = (path: string) => readLinkedDrawing(archive, path, input.fileName);
  const drawn = await insertPictureTexts(chunks.xml, relationships, pictures, readDrawing);
  const numbered = insertNumbers(withoutWrappers(insertEquationFields(withoutReadings(drawn))), parts);
  const styles = parts.get('word/styles.xml');
  parts.set(mainPart, strToU8(markLookHeadings(numbered, styles, headingLevels(styles))));
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  addHtmlBlocks(canonical, await convertToHtml(parts, input.fileName));
  for (const line of headerAndFooterLines(parts)) canonical.add({ kind: 'paragraph', text: line });
  const { canonicalText, blocks } = canonical.finish();
  const warnings: ParsedFile['warnings'] = [];
  if (equations.count > 0) warnings.push('Equations were read as plain text.');
  warnings.push(...pictures.warnings(), ...chunks.warnings, ...embedded.found);
  return {
    canonicalText,
    blocks,
    title,
    mediaType: DOCX_MEDIA_TYPE,
    pageCount: null,
    warnings,
  };
}

/** Fields of the simple kind, as those of a mail merge are, and changes of the direction of writing: Mammoth would leave out all in them. */
function withoutWrappers(documentXml: string): string {
  return documentXml.replace(/<\/?w:(?:fldSimple|dir|bdo)(?:\s[^<>]*)?>/g, '');
}

async function convertToHtml(parts: Map<string, Uint8Array>, fileName: string): Promise<string> {
  // Mammoth gets a package of the checked XML parts alone, so nothing it inflates is unbounded.
  const buffer = Buffer.from(zipSync(Object.fromEntries(parts), { level: 0 }));
  try {
    const result = await mammoth.convertToHtml(
      { buffer },
      {
        styleMap: [
          "p[style-name='Title'] => h1:fresh",
          "p[style-name='Subtitle'] => p:fresh",
          ...codeStyles.map((name) => `p[style-name='${name}'] => pre:separator('\\n')`),
          ...quoteStyles.map((name) => `p[style-name='${name}'] => blockquote > p:fresh`),
          'comment-reference => sup',
          ...headingStyles(parts.get('word/styles.xml')),
          ...lookHeadingStyles,
        ],
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      },
    );
    // The arrow that leads back from a note or comment to its place means nothing in plain text.
    return result.value.replace(/<a href="#[^"]*-ref-[^"]*">↑<\/a>/g, '');
  } catch (error) {
    throw unreadableBecauseOf(fileName, error);
  }
}

/** As Word, LibreOffice and pandoc name the styles of code and of quotes; the names are the same in every language. */
const codeStyles = ['HTML Preformatted', 'macro', 'Preformatted Text', 'Source Code', 'Code'];
const quoteStyles = ['Quote', 'Intense Quote', 'Block Text', 'Quotations'];

/** Page headers and footers, each distinct line once: Mammoth leaves them out. */
function headerAndFooterLines(parts: Map<string, Uint8Array>): Set<string> {
  const lines = new Set<string>();
  for (const [path, xml] of parts) {
    if (!/^word\/(?:header|footer)\d*\.xml$/.test(path)) continue;
    for (const paragraph of strFromU8(xml).split('</w:p>')) {
      const runs = [...paragraph.matchAll(/<w:t(?:\s[^>]*)?>([^<]*)<|<w:tab\/>/g)];
      const text = unescapeXml(runs.map((run) => run[1] ?? ' ').join('')).trim();
      if (text !== '') lines.add(text);
    }
  }
  return lines;
}
