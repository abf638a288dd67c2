import { createRequire } from 'node:module';
import { loadLanguage } from './load-language.ts';
import { type RecognisedPage, readWordTable } from './recognised-page.ts';
import type { RecognitionSettings } from './recognition-settings.ts';

/** Tesseract as WebAssembly, as far as it is used here. It runs in this thread and reaches nothing outside its memory. */
interface TesseractModule {
  FS: { writeFile(path: string, bytes: Uint8Array): void; unlink(path: string): void };
  TessBaseAPI: new () => TesseractApi;
}

interface TesseractApi {
  /** 0 when it is ready. */
  Init(dataPath: string | null, languages: string, engine: number): number;
  SetPageSegMode(mode: number): void;
  /** Reads the file `/input`, turned upright by an EXIF orientation; 1 when it is no picture. */
  SetImageFile(orientation: number, angle: number): number;
  Recognize(monitor: null): number;
  GetTSVText(page: number): string;
  Clear(): void;
  End(): void;
}

export interface Recogniser {
  /**
   * Reads the text of a PNG, JPEG, WebP, TIFF, BMP or PNM picture. `orientations` are EXIF orientations to try, the
   * likeliest first, until one of them yields legible text.
   * @throws Error when the bytes are no picture that can be opened.
   */
  recognise(picture: Uint8Array, orientations: readonly number[]): RecognisedPage;
  close(): void;
}

const LSTM_ENGINE = 1;
/** Finds columns and blocks by itself; the default takes a page for one block and reads across its columns. */
const AUTOMATIC_LAYOUT = 3;
/** Clear text the right way up is read with a mean confidence of 90 to 96; upside down with 65 to 68. */
const CONFIDENCE_LEGIBLE = 80;

export async function loadRecogniser(settings: RecognitionSettings): Promise<Recogniser> {
  // The package is CommonJS, and its entry beside this one picks the slow build without SIMD.
  const require = createRequire(import.meta.url);
  const load = require('tesseract.js-core/tesseract-core-simd-lstm') as (options: object) => Promise<TesseractModule>;
  const silent = () => undefined;
  const module = await load({ print: silent, printErr: silent });
  for (const language of settings.languages) {
    module.FS.writeFile(`${language}.traineddata`, await loadLanguage(language, settings));
  }
  const api = new module.TessBaseAPI();
  if (api.Init(null, settings.languages.join('+'), LSTM_ENGINE) !== 0) {
    throw new Error(`Text recognition did not start for ${settings.languages.join(', ')}`);
  }
  api.SetPageSegMode(AUTOMATIC_LAYOUT);
  const recogniseOnce = (orientation: number): RecognisedPage => {
    if (api.SetImageFile(orientation, 0) === 1) throw new Error('The picture cannot be opened');
    api.Recognize(null);
    const page = readWordTable(api.GetTSVText(0));
    api.Clear();
    return page;
  };
  return {
    recognise(picture, orientations) {
      module.FS.writeFile('/input', picture);
      let best: RecognisedPage = { paragraphs: [], confidence: 0 };
      for (const orientation of orientations) {
        const page = recogniseOnce(orientation);
        // The boxes of a picture that had to be turned lie on the turned one, which nobody displays.
        const isTurned = orientation !== orientations[0];
        if (page.confidence > best.confidence) best = isTurned ? withoutBoxes(page) : page;
        if (page.confidence >= CONFIDENCE_LEGIBLE) break;
      }
      module.FS.unlink('/input');
      return best;
    },
    close: () => api.End(),
  };
}

function withoutBoxes({ paragraphs, confidence }: RecognisedPage): RecognisedPage {
  return { paragraphs: paragraphs.map(({ lines }) => ({ lines })), confidence };
}
