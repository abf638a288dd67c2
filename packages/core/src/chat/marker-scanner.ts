import { isMarkerClosing, isMarkerOpening, isMarkerStart } from './citation-marker.ts';

export interface MarkerScanner {
  see(character: string): void;
  /** What is held back, once no more text comes: `[`, half a marker, what only began like one, or nothing. Forgets it. */
  end(): string;
}

/**
 * Parts the markers of a streamed text from the rest. A marker may arrive in pieces: from an opening bracket on, the text is
 * held back until it is decided.
 *
 * @param onMarker gets what may be a marker, whole, or what has turned out to be none.
 * @param isBracket whether an opening bracket at this point may begin one.
 */
export function createMarkerScanner(
  onCharacter: (character: string) => void,
  onMarker: (text: string) => void,
  isBracket: (character: string) => boolean,
): MarkerScanner {
  let marker = '';
  return {
    see(character) {
      if (marker !== '') {
        if (isMarkerStart(marker + character)) {
          marker += character;
          return;
        }
        const whole = isMarkerClosing(character) ? marker + character : marker;
        marker = '';
        onMarker(whole);
        if (isMarkerClosing(character)) return;
      }
      if (isMarkerOpening(character) && isBracket(character)) marker = character;
      else onCharacter(character);
    },
    end() {
      const held = marker;
      marker = '';
      return held;
    },
  };
}
