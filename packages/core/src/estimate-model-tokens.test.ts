import { describe, expect, test } from 'vitest';
import { estimateModelTokens, startOfTokens } from './estimate-model-tokens.ts';

/** Texts with what the tokenizers of GPT-4 (cl100k) and Llama 3 count for them, by js-tiktoken 1.0.21 and llama3-tokenizer-js 1.2.0. */
const counted: [name: string, cl100k: number, llama3: number, text: string][] = [
  [
    'Greek',
    172,
    74,
    'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. Είναι προικισμένοι με λογική και συνείδηση, και οφείλουν να συμπεριφέρονται μεταξύ τους με πνεύμα αδελφοσύνης.',
  ],
  [
    'Hindi',
    180,
    93,
    'सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से बर्ताव करना चाहिए।',
  ],
  [
    'Hebrew',
    129,
    129,
    'כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחווה.',
  ],
  [
    'Korean',
    85,
    52,
    '모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 양심을 부여받았으며 서로 형제애의 정신으로 행동하여야 한다.',
  ],
  [
    'Japanese',
    93,
    58,
    'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。人間は、理性と良心とを授けられており、互いに同胞の精神をもって行動しなければならない。',
  ],
  [
    'Turkish',
    60,
    43,
    'Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler.',
  ],
  [
    'Vietnamese',
    87,
    48,
    'Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi. Mọi con người đều được tạo hoá ban cho lý trí và lương tâm và cần phải đối xử với nhau trong tình bằng hữu.',
  ],
  [
    'Polish',
    64,
    62,
    'Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa.',
  ],
  [
    'Georgian',
    215,
    215,
    'ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით. მათ მინიჭებული აქვთ გონება და სინდისი.',
  ],
  ['Tamil', 137, 137, 'மனிதப் பிறிவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; அவர்கள் மதிப்பிலும், உரிமைகளிலும் சமமானவர்கள்.'],
  ['Amharic', 104, 104, 'የሰው ልጅ ሁሉ ሲወለድ ነጻና በክብርና በመብትም እኩልነት ያለው ነው።'],
  [
    'addresses and hexadecimal',
    66,
    66,
    'https://example.org/a/b9f8e7?x=1&y=aGVsbG8gd29ybGQ= 0x7ffdeadbeef sha256:b2d7e601c4f5a6978812 /usr/lib/x86_64-linux-gnu/libpq.so.5',
  ],
  ['emoji', 35, 34, '🎉🎉 Great job! 👩‍💻🚀 ✅ done ❌ no — “quote” … №5 €20 ½'],
  [
    'English',
    33,
    33,
    'All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood.',
  ],
  [
    'German',
    44,
    44,
    'Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geist der Brüderlichkeit begegnen.',
  ],
  [
    'Spanish',
    44,
    44,
    'Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.',
  ],
  [
    'French',
    50,
    50,
    'Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité.',
  ],
  [
    'Russian',
    74,
    48,
    'Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства.',
  ],
  [
    'Arabic',
    80,
    45,
    'يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وضميرا وعليهم أن يعامل بعضهم بعضا بروح الإخاء.',
  ],
  [
    'Thai',
    135,
    61,
    'มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม และควรปฏิบัติต่อกันด้วยเจตนารมณ์แห่งภราดรภาพ',
  ],
  ['Chinese', 50, 36, '人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。'],
  [
    'a table of numbers',
    86,
    86,
    '| Year | Sold | Share |\n| --- | --- | --- |\n| 2021 | 10,482.50 | 12.4 % |\n| 2022 | 11,930.75 | 13.1 % |\n| 2023 | 9,804.00 | 10.9 % |\n| 2024 | 12,777.25 | 14.2 % |',
  ],
  [
    'code',
    34,
    34,
    'export function sum(values: readonly number[]): number {\n  let total = 0;\n  for (const value of values) total += value;\n  return total;\n}',
  ],
];

describe('without a tokenizer', () => {
  test.each(counted)('%s is estimated at most 15 %% too low', (_, cl100k, llama3, text) => {
    const estimated = estimateModelTokens(text);
    expect(estimated).toBeGreaterThanOrEqual(0.85 * Math.max(cl100k, llama3));
    expect(estimated).toBeLessThanOrEqual(1.7 * cl100k);
  });

  test('nothing is nothing, and white space next to nothing', () => {
    expect(estimateModelTokens('')).toBe(0);
    expect(estimateModelTokens(' '.repeat(100))).toBe(0);
  });
});

test.each(counted)('of %s, as much as fits is the longest beginning that does', (_name, _cl100k, _llama3, text) => {
  for (const tokensMax of [0, 1, 10, 25]) {
    const start = startOfTokens(text, tokensMax);
    expect(text.startsWith(start)).toBe(true);
    expect(estimateModelTokens(start)).toBeLessThanOrEqual(tokensMax);
    // All texts are longer than 25 tokens; half a character is not kept.
    expect(estimateModelTokens(text.slice(0, start.length + 2))).toBeGreaterThan(tokensMax);
  }
  expect(startOfTokens(text, 1_000)).toBe(text);
});
