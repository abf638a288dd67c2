/** A number goes on behind these: "Dec. 31", "Art. 5", "p. 12", "max. 40". */
const beforeNumber =
  /(?:^|[^\p{L}.])(?:jan|feb|febr|mar|apr|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez|art|abs|ziff|kap|p|max|min|inkl|zzgl)$/iu;
/** Days and centuries: "on 3. May", "am 31. Dezember", "im 19. Jahrhundert". */
const ordinal = /(?:^|\s)(?:on|am|vom|zum|bis|ab|seit|im|der|die|das|den|dem|des|und) \d{1,3}$/i;
/** Any of these is no longer. */
const charactersMax = 12;

/** Whether the dot at this place belongs to a date or to what a number follows, and so ends no sentence. */
export function opensNumberOrDate(text: string, dot: number, next: string): boolean {
  const before = text.slice(Math.max(0, dot - charactersMax), dot);
  return isDigit(before.at(-1)) ? ordinal.test(before) : isDigit(next) && beforeNumber.test(before);
}

function isDigit(character = ''): boolean {
  return character >= '0' && character <= '9';
}
