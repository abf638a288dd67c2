import type { ConversationView } from '../../views.ts';

/** Those whose title holds every word that is looked for, in any case, with or without accents. */
export function findConversations(
  conversations: readonly ConversationView[],
  wanted: string,
): readonly ConversationView[] {
  const words = plain(wanted).split(/\s+/).filter(Boolean);
  return conversations.filter(({ title }) => words.every((word) => plain(title).includes(word)));
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();
}
