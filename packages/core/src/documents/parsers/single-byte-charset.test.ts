import { expect, test } from 'vitest';
import { guessSingleByteCharset } from './single-byte-charset.ts';

/** Text in a charset of one byte a character, which Node only decodes. */
function encode(text: string, charset: string): Uint8Array {
  const decoder = new TextDecoder(charset);
  const codes = new Map(Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), code]));
  return Uint8Array.from(text, (character) => {
    const code = codes.get(character);
    if (code === undefined) throw new Error(`${charset} has no “${character}”.`);
    return code;
  });
}

const texts: readonly [language: string, text: string, charsets: string[]][] = [
  ['German', 'Der Prüfer fährt über die Brücke und grüßt.', ['windows-1252', 'macintosh']],
  ['French', 'Le café ouvre à huit heures, été comme hiver.', ['windows-1252', 'macintosh']],
  ['one accent', 'The caf\u00e9 opens at eight.', ['windows-1252']],
  ['Spanish', 'El niño comió paella con ñoquis en la habitación.', ['windows-1252']],
  ['Swedish', 'Båten går klockan åtta från hamnen på ön.', ['windows-1252']],
  ['Polish', 'Most zostanie zamknięty w środę, żeby można było go pomalować.', ['windows-1250', 'iso-8859-2']],
  ['Czech', 'Přístav je zavřený, dokud neskončí bouře a nevyjde slunce.', ['windows-1250', 'iso-8859-2']],
  ['Hungarian', 'A híd előtt várjon, amíg a zöld fény kigyullad; utána induljon.', ['windows-1250', 'iso-8859-2']],
  ['Turkish', 'Köprü yarın sabah açılacak, ışıklar değiştirildi.', ['windows-1254']],
  [
    'Russian',
    'Мост закрыт до утра, проезд только по набережной.',
    ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic'],
  ],
  ['Russian in capitals', 'ВНИМАНИЕ: МОСТ ЗАКРЫТ ДО УТРА', ['windows-1251']],
  ['Bulgarian', 'Мостът е затворен до сутринта, защото вятърът е силен.', ['windows-1251', 'iso-8859-5']],
  ['Ukrainian', 'Міст зачинено до ранку, їхати можна лише набережною.', ['windows-1251', 'koi8-u']],
  ['Greek', 'Η γέφυρα είναι κλειστή μέχρι το πρωί, λόγω του ανέμου.', ['windows-1253', 'iso-8859-7']],
  ['Hebrew', 'הגשר סגור עד הבוקר בגלל הרוח החזקה.', ['windows-1255']],
  ['Arabic', 'الجسر مغلق حتى الصباح بسبب الرياح القوية.', ['windows-1256', 'iso-8859-6']],
  ['Thai', 'สะพานปิดจนถึงเช้าเพราะลมแรง', ['windows-874']],
];

test.each(texts.flatMap(([language, text, charsets]) => charsets.map((charset) => ({ language, text, charset }))))(
  '$language in $charset is read as what was written',
  ({ text, charset }) => {
    const bytes = encode(text, charset);
    expect(new TextDecoder(guessSingleByteCharset(bytes)).decode(bytes)).toBe(text);
  },
);

test('markup around a few words of Russian does not make them Western', () => {
  const text = `${'<tr class="row"><td align="left">'.repeat(200)}Мост закрыт до утра`;
  const bytes = encode(text, 'windows-1251');
  expect(guessSingleByteCharset(bytes)).toBe('windows-1251');
});
