import type { PageBox } from '../parsed-document.ts';

/** What has pages that can be shown as they look: a PDF, or one picture. */
export type PageSource = 'pdf' | 'picture';

/** A word of the text layer, or one character of a script that is written without spaces. */
export interface PageWord {
  text: string;
  box: PageBox;
  /** Its line runs up or down the page as it is displayed. */
  isSideways: boolean;
}

/** One page of an original, upright as it is displayed. */
export interface DrawnPage {
  /** A WebP picture. */
  picture: Uint8Array;
  /** In the units of the boxes: points of a PDF, pixels of a picture. */
  width: number;
  height: number;
  /** In the order of the file; none of a page that is a picture. */
  words: PageWord[];
}
