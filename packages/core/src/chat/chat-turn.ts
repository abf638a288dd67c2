/** One earlier message of a conversation. */
export interface ChatTurn {
  role: 'user' | 'assistant';
  text: string;
}
