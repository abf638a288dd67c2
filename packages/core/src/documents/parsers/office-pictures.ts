import { AppError } from '../../app-error.ts';
import { isGarbled, measureLegibility } from '../recognition/legibility.ts';
import type { PictureReading } from '../recognition/picture-reader.ts';
import { uprightTurns } from './image-orientation.ts';
import { joinWrappedLines } from './join-wrapped-lines.ts';
import type { ParserInput } from './parser-input.ts';
import { type PictureSize, pictureSize } from './picture-size.ts';
import { isOverBudget } from './read-budget.ts';
import type { ZipArchive } from './zip-archive.ts';

/** Of one file: a deck of photographs would otherwise keep its document waiting for most of an hour. */
const PICTURES_MAX = 50;
/** Of one file, inflated: what is left of the upload's budget is for its text. */
const PICTURE_BYTES_MAX = 50 * 1024 * 1024;
const EMU_PER_INCH = 914_400;
/** Of the 96 to an inch that pages of HTML are measured in. */
export const EMU_PER_PIXEL = EMU_PER_INCH / 96;
export const EMU_PER_TWIP = EMU_PER_INCH / 1440;
/** One word may be a logo, or what was made out of a photograph. */
const WORDS_MIN = 2;
/** Smaller than two inches by half an inch are logos, icons and faces. */
const SIZE_MIN = { width: 2 * EMU_PER_INCH, height: EMU_PER_INCH / 2 };

/** What recognition opens; drawings (EMF, WMF, SVG) are none of it. */
export function isLegibleKind(path: string): boolean {
  return /\.(?:png|jpe?g|tiff?|bmp|webp)$/i.test(path);
}

/** As it is shown, in EMU; anything but two numbers above 0 where the file does not say. */
export interface ShownSize {
  width: number;
  height: number;
}

export interface OfficePictures {
  /** The paragraphs in a picture that is shown, at its first place in the file; none at any other. */
  read(path: string, size: ShownSize | undefined): Promise<string[]>;
  /** What to tell about the pictures that were met. */
  warnings(): string[];
}

/** Reads the text in pictures of an Office file or an e-book by recognition, within bounds of its own. What it does not read is told of. */
export function openOfficePictures(
  archive: Pick<ZipArchive, 'sizeOf' | 'read'>,
  { pictures }: ParserInput,
): OfficePictures {
  const met = new Set<string>();
  let bytesLeft = PICTURE_BYTES_MAX;
  let offered = 0;
  let read = 0;
  let unread = 0;

  /** `small`: not worth reading, by its own size where nothing says how large it is shown. */
  async function recognise(path: string, isSizeKnown: boolean): Promise<PictureReading | 'small'> {
    try {
      const picture = isSizeKnown || !pictures.isAsked ? undefined : archive.read(path);
      if (picture !== undefined && isSmall(shownByPixels(pictureSize(picture)))) return 'small';
      offered += 1;
      const draw = () => picture ?? archive.read(path);
      return await pictures.readExtra(draw, (bytes) => uprightTurns(bytes).slice(0, 1));
    } catch (error) {
      if (error instanceof AppError && isOverBudget(error)) throw error;
      return 'skipped';
    }
  }

  return {
    async read(path, size) {
      const bytes = archive.sizeOf(path);
      if (bytes === undefined || isSmall(size) || met.has(path)) return [];
      met.add(path);
      if (!isLegibleKind(path) || offered >= PICTURES_MAX || bytes > bytesLeft) {
        unread += 1;
        return [];
      }
      bytesLeft -= bytes;
      const page = await recognise(path, size !== undefined && size.width > 0 && size.height > 0);
      if (page === 'skipped') unread += 1;
      if (typeof page === 'string') return [];
      const paragraphs = page.paragraphs.map(({ lines }) => joinWrappedLines(lines));
      const legibility = measureLegibility(paragraphs.join('\n'));
      if (legibility.words < WORDS_MIN || isGarbled(legibility)) return [];
      read += 1;
      return paragraphs;
    },
    warnings() {
      const warnings: string[] = [];
      if (read > 0)
        warnings.push(`Text inside pictures was read by recognition (OCR), which may misread (${read} in this file).`);
      if (unread > 0) warnings.push(`Text inside pictures was not read (${unread} in this file).`);
      return warnings;
    },
  };
}

function isSmall(size: ShownSize | undefined): boolean {
  if (size === undefined) return false;
  const { width, height } = size;
  return (width > 0 && width < SIZE_MIN.width) || (height > 0 && height < SIZE_MIN.height);
}

/** Where nothing says how large a picture is shown, a pixel is what a browser makes of one. */
function shownByPixels(size: PictureSize | undefined): ShownSize | undefined {
  return size && { width: size.width * EMU_PER_PIXEL, height: size.height * EMU_PER_PIXEL };
}
