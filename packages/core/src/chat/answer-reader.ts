/** For whom an answer is written: what it may show, and whom its fixed sentences speak to. */
export type AnswerReader = 'owner' | 'visitor';
