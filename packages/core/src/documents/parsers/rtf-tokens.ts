/** What an RTF file is made of. Text is in bytes of whatever code page is set; `symbol` is a control of one character. */
export type RtfToken =
  | { type: 'open' }
  | { type: 'close' }
  | { type: 'word'; name: string; value: number | undefined }
  | { type: 'symbol'; character: string }
  | { type: 'byte'; value: number };

const controlWord = /\\([a-zA-Z]{1,32})(-?\d{1,10})? ?/y;

/**
 * The tokens of a file given as Latin-1, so that each character is one byte. Binary data is skipped. Never fails: what is
 * not a control is text.
 */
export function* readRtfTokens(rtf: string): Generator<RtfToken> {
  let at = 0;
  while (at < rtf.length) {
    const character = rtf.charAt(at);
    if (character === '{' || character === '}') {
      yield { type: character === '{' ? 'open' : 'close' };
      at += 1;
    } else if (character === '\\') {
      controlWord.lastIndex = at;
      const word = controlWord.exec(rtf);
      if (word !== null) {
        const value = word[2] === undefined ? undefined : Number(word[2]);
        at = controlWord.lastIndex;
        if (word[1] === 'bin') at += Math.max(0, value ?? 0);
        else yield { type: 'word', name: word[1] ?? '', value };
      } else if (rtf.charAt(at + 1) === "'") {
        const value = Number.parseInt(rtf.slice(at + 2, at + 4), 16);
        if (!Number.isNaN(value)) yield { type: 'byte', value };
        at += 4;
      } else {
        yield { type: 'symbol', character: rtf.charAt(at + 1) };
        at += 2;
      }
    } else {
      // Line ends of the file itself mean nothing.
      if (character !== '\r' && character !== '\n') yield { type: 'byte', value: character.charCodeAt(0) };
      at += 1;
    }
  }
}
