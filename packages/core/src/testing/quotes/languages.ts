/** What sentences of one language are made of. In `sentences`, {n} is a number, {d} a decimal one, {name} … a word of a list. */
export interface QuotedLanguage {
  sentences: readonly string[];
  names: readonly string[];
  units: readonly string[];
  /** Words that may be put into any sentence and change it. */
  words: readonly string[];
  negation: string;
}

const western = ['kg', '%', '€', 'km/h', '°C', 'mg', 'm²', 'kWh'];

export const quotedLanguages: Readonly<Record<string, QuotedLanguage>> = {
  english: {
    sentences: [
      'A strong hive holds about {n} bees in summer, and in winter the colony shrinks to {n} of them.',
      'The drug is not approved for children under {n}, but {name} prescribed {n} {unit} of it at −{n} °C anyway.',
      '{name} sold the “tide clock” – built in 1987 – to {name} for €{n}; it doesn’t strike the hours.',
      'Refunds are paid within {n} days after {name} receives the goods [12], never later, and no non-refundable item is taken back.',
      'Side effects fell (p < 0.{n}) by {d} {unit} in all groups but one, where they rose by .{n} points.',
      'Nobody but {name} may open the valve before {n}:30, unless the pressure is below {d} bar and ≥ {n} lights are on.',
    ],
    names: ['Ada Quill', 'Dr. Mensah', 'O’Brien', 'Ines', 'J. R. Okafor', 'Anne-Marie', 'Ödön'],
    units: [...western, 'lb', 'miles'],
    words: ['always', 'only', 'hardly', 'twice', 'illegal', 'former'],
    negation: 'not',
  },
  german: {
    sentences: [
      'Die Miete beträgt {d} € monatlich und ist spätestens am {n}. Werktag an {name} zu zahlen.',
      '{name} darf die Wohnung nicht untervermieten, außer an höchstens {n} Gäste für {n} Tage.',
      'Das Gerät wiegt {d} {unit}, läuft bei {n} °C und ist ohne Schlüssel nie zu öffnen.',
      'Über die Maße hinaus gilt: keine Lösung mit mehr als {n} {unit} gehört in den Ausguss.',
    ],
    names: ['Jörg Weiß', 'Frau Schäfer', 'Müller-Lüdenscheidt', 'Zoë'],
    units: western,
    words: ['immer', 'nur', 'selten', 'zuerst', 'fast'],
    negation: 'nicht',
  },
  french: {
    sentences: [
      'Le loyer s’élève à {g} € par an ; {name} n’a jamais payé plus de {n} % d’avance.',
      'L’élève « naïf » de {name} pèse {d} {unit} et ne mange pas de pâte à {n} h.',
      'Où qu’il aille, {name} emporte {n} œufs, sans sel, et {g} pages.',
    ],
    names: ['Zoé', 'François Béranger', 'M. d’Ormesson'],
    units: western,
    words: ['toujours', 'seulement', 'presque', 'avant'],
    negation: 'pas',
  },
  polish: {
    sentences: [
      'Łódź liczy {g} mieszkańców, a {name} nie płaci więcej niż {d} zł za {n} biletów.',
      'Źródło {name} daje {n} {unit} wody bez żadnych dodatków, zawsze przed godziną {n}.',
    ],
    names: ['Żółkiewski', 'Święta Łucja', 'Kraków'],
    units: western,
    words: ['zawsze', 'tylko', 'prawie'],
    negation: 'nie',
  },
  vietnamese: {
    sentences: [
      'Nhà máy của {name} sản xuất {n} chiếc mỗi tháng, không bán cho ai dưới {n} tuổi.',
      'Giá vé là {d} đồng, và {name} chưa bao giờ trả quá {n} {unit}.',
    ],
    names: ['Nguyễn Thị Hạnh', 'Trần Văn Bảo', 'Huế'],
    units: western,
    words: ['luôn', 'chỉ', 'gần'],
    negation: 'không',
  },
  russian: {
    sentences: [
      '{name} не подписал договор на {g} рублей, поэтому склад отгрузил только {n} коробок.',
      'Температура упала до −{n} °C, а расход вырос на {d} % за {n} дней без {name}.',
      'Ёлка весит {d} кг; её никогда не ставят раньше {n} декабря.',
    ],
    names: ['Анна Соколова', 'Пётр Ильич', 'Йошкар-Ола'],
    units: ['кг', '%', 'км/ч', '°C', 'руб.'],
    words: ['всегда', 'только', 'почти', 'дважды'],
    negation: 'не',
  },
  greek: {
    sentences: [
      'Ο {name} δεν πλήρωσε τα {n} ευρώ, αλλά έδωσε {d} κιλά ελιές σε {n} φίλους.',
      'Το πλοίο φεύγει στις {n}:15 από το λιμάνι, ποτέ χωρίς τον {name}.',
    ],
    names: ['Γιώργος', 'Ελένη Παπαδάκη', 'Άγιος Νικόλαος'],
    units: ['κιλά', '%', '€'],
    words: ['πάντα', 'μόνο', 'σχεδόν'],
    negation: 'δεν',
  },
  arabic: {
    sentences: [
      'لم يوقّع {name} العقد بمبلغ {a} ريالاً، ولكنه دفع {n} دولار خلال {a} يوماً.',
      'تَزِنُ الآلة {a} كيلوغراماً ولا تعمل فوق ٤٠٪ من طاقتها إلا بإذن {name}.',
    ],
    names: ['فاطمة الزهراء', 'أحمد بن سالم', 'مُحَمَّد'],
    units: ['كيلوغراماً', '٪', 'متراً'],
    words: ['دائماً', 'فقط', 'أبداً'],
    negation: 'لا',
  },
  hebrew: {
    sentences: ['שָׁלוֹם של {name} לא עלה {n} ש״ח, אלא {d} אחוז מן המחיר, ורק ל־{n} ימים.'],
    names: ['רחל כהן', 'אבי'],
    units: ['ק״ג', '%'],
    words: ['תמיד', 'רק', 'כמעט'],
    negation: 'לא',
  },
  hindi: {
    sentences: ['{name} ने {n} रुपये नहीं दिए, पर {h} दिन में {d} किलो चावल ख़रीदा।'],
    names: ['सीता देवी', 'अर्जुन'],
    units: ['किलो', '%'],
    words: ['हमेशा', 'केवल'],
    negation: 'नहीं',
  },
  korean: {
    sentences: ['{name} 씨는 {n}원을 내지 않았고, {d}% 할인은 {n}일 동안만 받을 수 있다.'],
    names: ['김민준', '이서연'],
    units: ['원', '%', 'kg'],
    words: ['항상', '오직', '거의'],
    negation: '안',
  },
  chinese: {
    sentences: [
      '{name}没有签署合同，仓库只发出了{n}箱货物，运费为{d}元，{c}人受伤。',
      '该药不适用于{n}岁以下儿童，每次服用{d}毫克，不得超过{c}天。',
      '蜂群在冬天缩小到{c}只，门卫会赶走陌生的昆虫；{name}从未见过。',
    ],
    names: ['王小明', '欧阳修', '李雪梅'],
    units: ['元', '毫克', '公里'],
    words: ['总', '仅', '曾', '半'],
    negation: '不',
  },
  japanese: {
    sentences: [
      '{name}さんは{n}円を払わず、「時計」を{c}個だけ受け取った。温度は−{n} ℃だった。',
      '蜜蜂は花の場所を踊りで伝え、冬には{c}匹ほどの群れで暖を取るが、{name}は眠らない。',
    ],
    names: ['田中', 'マリア', '佐藤花子'],
    units: ['円', '個', 'キロ'],
    words: ['常', '半', '再', 'も'],
    negation: '非',
  },
  thai: {
    sentences: ['{name}ไม่ได้จ่ายเงิน {n} บาท แต่ได้รับส่วนลด {d}% ภายใน {n} วันก่อนน้ำท่วม'],
    names: ['สมชาย', 'มาลี'],
    units: ['บาท', '%'],
    words: ['แค่', 'เคย'],
    negation: 'ไม่',
  },
  signs: {
    sentences: [
      'Deploy status: api ✅ web ❌ worker 👍🏽 queue 👨‍👩‍👧 rated ★★★☆☆ by {name} 🇩🇪 after {n} runs 🚀.',
      'The board is 6′ {n}″ wide, 5" thick, tuned in C♯ minor ♀ and drawn at x² + y³ ≤ {n}·10⁶ ± 3 %.',
      'Rotate → left ← right by {n}°, at ☎ {n}, 50 Ω, {n} mW, {d}MB and {d} µF, 1½ times, e\u0301tude no. {n}, R&D and AT&T.',
    ],
    names: ['Zoe\u0308', 'Ada Quill', 'Łukasz'],
    units: western,
    words: ['always', '🔥', 'never', '❌'],
    negation: 'not',
  },
  code: {
    sentences: [
      'if (!ready && count >= {n} || user_id != {n}) return total * rate_{n} - fee; // keeps {name}',
      'const limit = max_size / {n} + offset[{n}] % 7; while (i < {n} && !done) i += {d};',
      'SELECT name FROM price_list WHERE cost <= {d} AND NOT sold OR year = {n} ORDER BY id LIMIT {n};',
      'git push --force-with-lease origin main && npm run build -- --retries={n} # written in C# and C++ by {name}',
    ],
    names: ['ada', 'ines', 'okafor'],
    units: ['px', 'ms', 'MB', '%'],
    words: ['not', 'old', 'void', 'async'],
    negation: 'not',
  },
  table: {
    sentences: [
      '| Bed | Litres | Price | Open |\n| --- | --- | --- | --- |\n| {name} | {n} | {d} € | ● |\n| {name} | {n} | {d} € | ○ |\n| Beans | {n} | .5 € | yes |',
      'Name: {name}\nWeight: {d} {unit}\nBatch: {n}-{n}\nPassed: yes\nTolerance: ±{n} {unit}',
    ],
    names: ['Tomatoes', 'Leeks', 'Red beet'],
    units: western,
    words: ['not', 'late', 'half'],
    negation: 'no',
  },
};
