import { fileTypeFromBuffer } from 'file-type';
import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { addRecognisedPage } from '../recognition/add-recognised-page.ts';
import { reasonForNoText } from '../recognition/picture-reader.ts';
import { unreadable } from '../unreadable.ts';
import { uprightTurns } from './image-orientation.ts';
import { namedPages } from './page-ranges.ts';
import type { ParserInput } from './parser-input.ts';
import { hasTooManyPixels } from './picture-size.ts';
import { splitTiffPages } from './tiff-pages.ts';

/** Reads the text in a picture (PNG, JPEG, WebP, BMP, the first one of a GIF, TIFF with all its pages) by recognition. */
export async function parseImage(input: ParserInput): Promise<ParsedDocument> {
  const { bytes, fileName, limits, pictures } = input;
  const mediaType = (await fileTypeFromBuffer(bytes))?.mime ?? 'image/*';
  const pages = mediaType === 'image/tiff' ? splitTiffPages(bytes) : [() => bytes];
  if (pages.length > limits.pagesMax) throw unreadable(fileName, 'too-many-pages');
  const canonical = createCanonicalText({ fileName, charactersMax: limits.charactersMax });
  const unread: number[] = [];
  pictures.expect(pages.length);
  for (const [index, page] of pages.entries()) {
    const draw = async () => {
      const picture = page();
      if (hasTooManyPixels(picture)) throw unreadable(fileName, 'too-many-pixels');
      return mediaType === 'image/gif' ? await asPng(picture) : picture;
    };
    const recognised = await pictures.read(draw, uprightTurns(bytes));
    if (recognised === 'skipped') unread.push(index + 1);
    else if (recognised !== 'illegible') addRecognisedPage(canonical, recognised, index + 1, 1);
  }
  const { canonicalText, blocks } = canonical.finish();
  if (canonicalText === '') throw unreadable(fileName, reasonForNoText(pictures, unread.length));
  const warnings = unread.length === 0 ? [] : [`${namedPages(unread)} not recognised (OCR): that was given up before.`];
  return { canonicalText, blocks, title: null, mediaType, pageCount: pages.length, warnings };
}

/** The library that draws is loaded by those alone who need it: the first reading may not. */
async function asPng(gif: Uint8Array): Promise<Uint8Array> {
  const { drawGif } = await import('./draw-gif.ts');
  return await drawGif(gif);
}
