import type { ReadLimits, ReadProgress } from '../../ports.ts';
import type { PictureCoverage } from '../parsed-document.ts';
import { hasTooManyPixels } from '../parsers/picture-size.ts';
import type { UnreadableReason } from '../unreadable.ts';
import { loadRecogniser, type Recogniser } from './load-recogniser.ts';
import type { RecognisedPage } from './recognised-page.ts';
import type { RecognitionSettings } from './recognition-settings.ts';

/** `illegible`: looked at, and blank or without legible text. `skipped`: not looked at, since that was not asked for or went on too long. */
export type PictureReading = RecognisedPage | 'illegible' | 'skipped';

export interface PictureReader {
  /** Whether pictures are read, as long as the upload has time and pages left; else they are only counted. */
  readonly isAsked: boolean;
  /** What became of all pictures so far. */
  readonly coverage: PictureCoverage;
  /** How many pictures it was given so far, whatever became of them. */
  readonly offered: number;
  /** Tells how many pictures will be offered, for progress. */
  expect(count: number): void;
  /**
   * Reads one picture of text, unless that is not asked for or the upload has used up its time or number of pages; it is
   * not even drawn then.
   * @param draw the picture's bytes, undefined when there is nothing on it.
   * @param orientations EXIF orientations to try, the likeliest first.
   * @throws Error when the picture cannot be drawn or opened, or has more than 100 megapixels; it then counts as one without text.
   */
  read(draw: () => Promise<Uint8Array | undefined>, orientations?: readonly number[]): Promise<PictureReading>;
  /**
   * Reads a picture that stands beside text, where it adds to it: only what is clear counts, and without any it is no page
   * without text.
   * @param orientationsOf as the picture itself asks for.
   * @throws Error as `read`.
   */
  readExtra(
    draw: () => Uint8Array | undefined,
    orientationsOf: (picture: Uint8Array) => readonly number[],
  ): Promise<PictureReading>;
  close(): void;
}

/** Why pictures yield no text, so many of which were not looked at: scanning them again helps none of those. */
export function reasonForNoText({ isAsked }: PictureReader, unread: number): UnreadableReason {
  return isAsked && unread > 0 ? 'not-recognised' : 'no-text';
}

/** Upright, a quarter turn either way, upside down: how pages lie on a scanner. */
const quarterTurns = [1, 6, 8, 3];
/** What is read with less confidence than this is not text. */
const CONFIDENCE_MIN = 45;
/** Beside text, less is worse than nothing: a page shrunk to a thumbnail was read with 62, screenshots with 94. */
const EXTRA_CONFIDENCE_MIN = 75;
/** The engine's memory grows with use and never shrinks: a fresh one now and then keeps the sandbox small. */
const PICTURES_PER_ENGINE = 40;

/** Reads the pictures of one upload, however many files are nested in it. Without `settings` it only counts them. */
export function createPictureReader(
  settings: RecognitionSettings | undefined,
  limits: Pick<ReadLimits, 'recognisedPagesMax' | 'recognitionMsMax'>,
  onProgress?: (recognition: NonNullable<ReadProgress['recognition']>) => void,
): PictureReader {
  const coverage: PictureCoverage = { recognised: 0, unrecognised: 0, textless: 0 };
  const deadline = performance.now() + limits.recognitionMsMax;
  let recogniser: Recogniser | undefined;
  let offered = 0;
  let pagesDone = 0;
  let pageCount = 0;

  async function engine(wanted: RecognitionSettings): Promise<Recogniser> {
    if (pagesDone % PICTURES_PER_ENGINE === 0) {
      recogniser?.close();
      recogniser = undefined;
    }
    recogniser ??= await loadRecogniser(wanted);
    return recogniser;
  }

  async function recognise(
    wanted: RecognitionSettings,
    picture: Uint8Array,
    orientations: readonly number[],
  ): Promise<RecognisedPage> {
    if (hasTooManyPixels(picture)) throw new Error('The picture is too large');
    const current = await engine(wanted);
    try {
      return current.recognise(picture, orientations);
    } catch (error) {
      // What a damaged picture has done to the engine's memory is not known: it is dropped whole, and not asked to tidy up.
      recogniser = undefined;
      throw error;
    }
  }

  function isOver(): boolean {
    return pagesDone >= limits.recognisedPagesMax || performance.now() > deadline;
  }

  async function readOne(
    draw: () => Promise<Uint8Array | undefined>,
    orientationsOf: (picture: Uint8Array) => readonly number[],
    isPage: boolean,
  ): Promise<PictureReading> {
    offered += 1;
    if (settings === undefined || isOver()) {
      coverage.unrecognised += 1;
      return 'skipped';
    }
    let isLegible = false;
    try {
      const picture = await draw();
      const page = picture === undefined ? undefined : await recognise(settings, picture, orientationsOf(picture));
      if (page === undefined || page.confidence < (isPage ? CONFIDENCE_MIN : EXTRA_CONFIDENCE_MIN)) return 'illegible';
      isLegible = true;
      return page;
    } finally {
      pagesDone += 1;
      if (isLegible) coverage.recognised += 1;
      else if (isPage) coverage.textless += 1;
      onProgress?.({ pagesDone, pageCount });
    }
  }

  function expect(count: number): void {
    pageCount += count;
    if (settings !== undefined) onProgress?.({ pagesDone, pageCount });
  }

  return {
    isAsked: settings !== undefined,
    coverage,
    get offered() {
      return offered;
    },
    expect,
    read: (draw, orientations = quarterTurns) => readOne(draw, () => orientations, true),
    readExtra(draw, orientationsOf) {
      expect(1);
      return readOne(() => Promise.resolve(draw()), orientationsOf, false);
    },
    close: () => recogniser?.close(),
  };
}
