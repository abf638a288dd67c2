import { useState } from 'react';

/** Another one for each conversation that is shown; the same where a new one gets its address, while somebody may be typing. */
export function useComposerKey(conversationId: string | undefined, openedId: string | undefined): number {
  const [shown, setShown] = useState({ conversationId, key: 0 });
  if (shown.conversationId !== conversationId) {
    const isSame = shown.conversationId === undefined && conversationId === openedId;
    setShown({ conversationId, key: isSame ? shown.key : shown.key + 1 });
  }
  return shown.key;
}
