import { useState } from 'react';
import type { AskedScope, MessageView } from '../../views.ts';

/** The part of the library that the next question is asked of: what was chosen, else that of the question before. */
export function useAskedScope(conversationId: string | undefined, messages: readonly MessageView[]) {
  const [chosen, setChosen] = useState<{ in: string | undefined; scope: AskedScope | null }>();
  const before = messages.at(-1)?.scope ?? null;
  const scope = chosen !== undefined && chosen.in === conversationId ? chosen.scope : asAsked(before);
  return [scope, (next: AskedScope | null) => setChosen({ in: conversationId, scope: next })] as const;
}

function asAsked(scope: MessageView['scope']): AskedScope | null {
  if (scope === null) return null;
  const { collectionName: _shownOnly, ...asked } = scope;
  return asked;
}
