import { isUtf8 } from 'node:buffer';

/** What windows-1252 has in place of the second row of controls: the quotes, the dashes, the euro. */
const specials = new Map(
  Array.from({ length: 32 }, (_, index) => {
    return [new TextDecoder('windows-1252').decode(Uint8Array.of(0x80 + index)), 0x80 + index] as const;
  }),
);

/**
 * A text that is UTF-8 and was read as Western, as where a message names no charset or a wrong one: `Ã©` for “é”. Only one all of whose
 * characters come from such bytes is read anew; a text in another charset hardly ever spells them by chance.
 */
export function repairUtf8(text: string): string {
  if (!/[\u00c2-\u00f4]/.test(text)) return text;
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const code = text.charCodeAt(index);
    const byte = specials.get(character) ?? code;
    if (byte > 0xff) return text;
    bytes[index] = byte;
  }
  return isUtf8(bytes) ? new TextDecoder().decode(bytes) : text;
}
