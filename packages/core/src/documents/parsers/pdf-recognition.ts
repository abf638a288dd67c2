import { AppError } from '../../app-error.ts';
import { isMoreLegible, measureLegibility } from '../recognition/legibility.ts';
import type { RecognisedPage } from '../recognition/recognised-page.ts';
import type { PdfDocument } from './open-pdf.ts';
import { namedPages } from './page-ranges.ts';
import type { ParserInput } from './parser-input.ts';
import type { PicturePage } from './pdf-pages.ts';

interface RecognisedPages {
  pages: Map<number, RecognisedPage & { pixelsPerPoint: number }>;
  /** How many pictures were not looked at. */
  skipped: number;
  warnings: string[];
}

/** Recognises the text of pages that are pictures. A page that cannot be drawn is told of. */
export async function recognisePages(
  pdf: PdfDocument,
  pictures: readonly PicturePage[],
  input: ParserInput,
): Promise<RecognisedPages> {
  const pages: RecognisedPages['pages'] = new Map();
  let skipped = 0;
  const damaged: number[] = [];
  input.pictures.expect(pictures.length);
  for (const picture of pictures) {
    const { page } = picture;
    try {
      const found = await recognisePage(pdf, picture, input);
      if (found === 'skipped') skipped += 1;
      else if (found !== 'illegible' && isBetter(found, picture)) pages.set(page, found);
    } catch (error) {
      if (error instanceof AppError) throw error;
      damaged.push(page);
    }
  }
  const unread = pictures.filter(({ page }) => !pages.has(page) && !damaged.includes(page));
  const warnings = describe({ read: [...pages.keys()], damaged, unread, isGivenUp: skipped > 0 });
  return { pages, skipped, warnings };
}

/** A page's own text gives way to nothing but a better reading. */
function isBetter({ paragraphs }: RecognisedPage, { layer, legibility }: PicturePage): boolean {
  const text = paragraphs.flatMap(({ lines }) => lines).join('\n');
  return layer !== 'garbled' || isMoreLegible(measureLegibility(text), legibility);
}

async function recognisePage(
  pdf: PdfDocument,
  { page: number, layer, isScan }: PicturePage,
  { pictures }: ParserInput,
) {
  let pixelsPerPoint = 1;
  const found = await pictures.read(async () => {
    // Loaded here, because the native library behind it is allowed in the sandbox for recognition alone.
    const { drawPdfPage } = await import('./draw-pdf-page.ts');
    const page = await pdf.getPage(number);
    const drawn = await drawPdfPage(page, { isTextLeftOut: layer !== 'none' && isScan });
    page.cleanup();
    ({ pixelsPerPoint } = drawn);
    return drawn.picture;
  });
  return typeof found === 'string' ? found : { ...found, pixelsPerPoint };
}

interface Outcome {
  read: number[];
  damaged: number[];
  unread: PicturePage[];
  isGivenUp: boolean;
}

function describe({ read, damaged, unread, isGivenUp }: Outcome): string[] {
  const warnings: string[] = [];
  const unreadOf = (wanted: PicturePage['layer']) =>
    unread.filter(({ layer }) => layer === wanted).map(({ page }) => page);
  const [textless, stamped, garbled] = [unreadOf('none'), unreadOf('stamp'), unreadOf('garbled')];
  if (read.length > 0) warnings.push(`${namedPages(read)} read by text recognition (OCR), which may misread.`);
  const outcome = isGivenUp ? 'pictures of text that were not recognised' : 'without legible text';
  if (textless.length > 0) warnings.push(`${namedPages(textless)} blank, or ${outcome}.`);
  if (stamped.length > 0) {
    const why = isGivenUp ? 'was not recognised' : 'holds no legible text';
    warnings.push(`${namedPages(stamped)} read without the picture that fills the page: it ${why}.`);
  }
  if (garbled.length > 0)
    warnings.push(`${namedPages(garbled)} read as the file has its text, which is hardly legible.`);
  if (damaged.length > 0) warnings.push(`${namedPages(damaged)} a picture too damaged to be recognised.`);
  return warnings;
}
