/** The letters beyond ASCII that a language is written with, the commonest first, and the charsets it is found in. */
export interface Alphabet {
  letters: string;
  /** As `TextDecoder` names them, the likeliest first: a later one must fit better to be believed. */
  charsets: readonly string[];
}

const western = ['windows-1252', 'macintosh', 'iso-8859-15'];
const central = ['windows-1250', 'iso-8859-2'];
const baltic = ['windows-1257', 'iso-8859-13'];
const turkish = ['windows-1254'];
const cyrillic = ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic'];
const ukrainian = ['windows-1251', 'koi8-u', 'iso-8859-5', 'x-mac-cyrillic'];

/** Lower case: capitals are taken for rarer forms of the same letters. */
export const alphabets: readonly Alphabet[] = [
  // German, French, Spanish, Portuguese, Italian, the Nordic languages, Icelandic, Dutch.
  { letters: 'üäöß', charsets: western },
  { letters: 'éèàêçôîùâûïëœæ', charsets: western },
  { letters: 'óíáéñúü', charsets: western },
  { letters: 'ãçéáíóêõúâôà', charsets: western },
  { letters: 'èàùòìé', charsets: western },
  { letters: 'äåöøæéü', charsets: western },
  { letters: 'áíðéóöúþæý', charsets: western },
  { letters: 'éëïóèüö', charsets: western },
  // Polish, Czech, Slovak, Hungarian, Croatian and Slovene, Romanian.
  { letters: 'łęóążśćńź', charsets: central },
  { letters: 'íáěéřčžýšůúťňóď', charsets: central },
  { letters: 'áíéčšžýťúľňôäóďŕĺ', charsets: central },
  { letters: 'áéöóőíüúű', charsets: central },
  { letters: 'čšžćđ', charsets: central },
  { letters: 'ăîţşâ', charsets: central },
  // Turkish; Lithuanian, Latvian, Estonian.
  { letters: 'ıişğüçöâ', charsets: turkish },
  { letters: 'ėųšąžįčęū', charsets: baltic },
  { letters: 'āīšēņļūķžčģ', charsets: baltic },
  { letters: 'äõüöšž', charsets: baltic },
  // Russian, Bulgarian, Ukrainian, Serbian.
  { letters: 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ', charsets: cyrillic },
  { letters: 'аиоентрсвлкдпмзгябъучцшжщфхюйь', charsets: cyrillic },
  { letters: 'оанивіертслкудмпязьбгйчхцїжюшщєфґ', charsets: ukrainian },
  { letters: 'аиоенртјсуквдмпзлгбшчћцњжхљђфџ', charsets: ['windows-1251', 'iso-8859-5'] },
  // Greek, Hebrew, Arabic, Thai.
  { letters: 'αοιτενσρκπμηυλςίόάέγδήχωθφύώβξζψϊϋΐΰ', charsets: ['windows-1253', 'iso-8859-7'] },
  { letters: 'יוהלאתרמבשנםחקפעדכגזטסןצךףץ', charsets: ['windows-1255'] },
  { letters: 'اليمونرتبةعدسفهكقأحجشصىخطإزثضغذئءظؤآ', charsets: ['windows-1256', 'iso-8859-6'] },
  { letters: 'านรอกเงมยลวดทสตะบคปแจหพชขใไโถผซธศณภญฐฟฎษๆฉๅฝฆฌฏฒฑฤฬฮ', charsets: ['windows-874'] },
];
