import { zipSync } from 'fflate';
import type { ParsedFile } from '../parsed-document.ts';
import { decodeText } from './decode-text.ts';
import { withoutInternalSubset } from './internal-subset.ts';
import { parseOpenDocument } from './open-document.ts';
import type { ParserInput } from './parser-input.ts';

/** Reads an OpenDocument that is one file of XML (FODT, FODS, FODP): its parts are all in that file. */
export async function parseFlatOpenDocument(input: ParserInput): Promise<ParsedFile> {
  const bytes = undeclared(input.bytes);
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const mediaType = /office:mimetype="([^"]+)"/.exec(start)?.[1] ?? 'application/vnd.oasis.opendocument.text';
  const parts = { 'content.xml': bytes, 'styles.xml': bytes, 'meta.xml': bytes };
  const packed = zipSync({ mimetype: new TextEncoder().encode(mediaType), ...parts }, { level: 0 });
  return await parseOpenDocument({ ...input, bytes: packed });
}

/** Without what the document type declares within itself, of which nothing is expanded: in the parts of an archive it is refused. */
function undeclared(bytes: Uint8Array): Uint8Array {
  const markup = decodeText(bytes) ?? '';
  const rest = withoutInternalSubset(markup);
  return rest === markup ? bytes : new TextEncoder().encode(rest);
}
