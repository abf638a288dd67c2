/** Stems, accents folded as the search folds them; no word that means something in another of these languages. */
const stems = new Set(
  `mani much long often tell give show explain describ pleas know list mean kind sort thing happen detail inform
  question answer document file text find mention anyth everyth someth
  wer wem wann viel wieviel warum wofur wess heisst hiess nennt
  cuant cual nombr combien pourquoi hoeveel
  как како каков какой какие скольк ког кем называ
  ما ماذ اي كم متي اين كيف نوع
  कौन कित कब कह किस किसक किन क्य कैस
  hangi ne kac nere nasıl neden
  nao gi nhieu
  ποι ποιον τι ποσ ποτ πωσ γιατ
  ce cin cand cui unde numest
  인가 는가 무엇 엇인 누구 구인 였는 였나 어디 언제
  ใด ไร อะ ะไ ใค
  多少 如何`.split(/\s+/),
);
/** Pairs of characters that ask (何, 誰, 什么, 哪) or that grammar is written in. */
const askingPair = /^(?:\p{Script=Hiragana}{2}|.?[何誰谁什哪吗嗎].?)$/u;

/** Whether a word shapes a question and says little about what it is about ("How many …", "Tell me about …", なんですか). */
export function isShapingWord(lexeme: string): boolean {
  return stems.has(lexeme) || askingPair.test(lexeme);
}
