import { AppError } from '../../app-error.ts';
import { isGarbled, measureLegibility } from '../recognition/legibility.ts';
import type { PictureReading } from '../recognition/picture-reader.ts';
import { uprightTurns } from './image-orientation.ts';
import { joinWrappedLines } from './join-wrapped-lines.ts';
import type { ParserInput } from './parser-input.ts';
import { isOverBudget } from './read-budget.ts';
import type { ZipArchive } from './zip-archive.ts';

/** Of one file: a deck of photographs would otherwise keep its document waiting for most of an hour. */
const PICTURES_MAX = 50;
/** Of one file, inflated: what is left of the upload's budget is for its text. */
const PICTURE_BYTES_MAX = 50 * 1024 * 1024;
/** What recognition opens; drawings (EMF, WMF, SVG) are none of it. */
const legible = /\.(?:png|jpe?g|tiff?|bmp|webp)$/i;
/** One word may be a logo, or what was made out of a photograph. */
const WORDS_MIN = 2;
const EMU_PER_INCH = 914_400;
/** Smaller than two inches by half an inch are logos, icons and faces. */
const SIZE_MIN = { width: 2 * EMU_PER_INCH, height: EMU_PER_INCH / 2 };

/** As it is shown, in EMU; undefined when the file does not say. */
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

/** Reads the text in pictures of an Office file by recognition, within bounds of its own. What it does not read is told of. */
export function openOfficePictures(archive: ZipArchive, { pictures }: ParserInput): OfficePictures {
  const met = new Set<string>();
  let bytesLeft = PICTURE_BYTES_MAX;
  let offered = 0;
  let read = 0;
  let unread = 0;

  async function recognise(path: string): Promise<PictureReading> {
    try {
      const bytes = () => archive.read(path);
      return await pictures.readExtra(bytes, (picture) => uprightTurns(picture).slice(0, 1));
    } catch (error) {
      if (error instanceof AppError && isOverBudget(error)) throw error;
      return 'skipped';
    }
  }

  return {
    async read(path, size) {
      const bytes = archive.sizeOf(path);
      const isSmall = size !== undefined && (size.width < SIZE_MIN.width || size.height < SIZE_MIN.height);
      if (bytes === undefined || isSmall || met.has(path)) return [];
      met.add(path);
      if (!legible.test(path) || offered >= PICTURES_MAX || bytes > bytesLeft) {
        unread += 1;
        return [];
      }
      bytesLeft -= bytes;
      offered += 1;
      const page = await recognise(path);
      if (page === 'skipped') unread += 1;
      if (page === 'skipped' || page === 'illegible') return [];
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
