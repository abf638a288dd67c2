/** What was typed and not sent, per conversation. Kept in this browser; a closed storage costs only the reload. */
const prefix = 'twin.draft.';
const unsaved = new Map<string, string>();
const listeners = new Set<(conversationId: string | undefined, text: string) => void>();

/** @param conversationId undefined for the conversation that does not exist yet. */
export function readDraft(conversationId: string | undefined): string {
  const key = prefix + (conversationId ?? 'new');
  try {
    return localStorage.getItem(key) ?? unsaved.get(key) ?? '';
  } catch {
    return unsaved.get(key) ?? '';
  }
}

export function writeDraft(conversationId: string | undefined, text: string): void {
  const key = prefix + (conversationId ?? 'new');
  try {
    if (text === '') {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, text);
    }
    unsaved.delete(key);
  } catch {
    unsaved.set(key, text);
  }
  for (const listener of listeners) listener(conversationId, text);
}

/** Puts a question back that was not taken; in front of what was typed meanwhile, so that neither is lost. */
export function restoreDraft(conversationId: string | undefined, text: string): void {
  const typed = readDraft(conversationId);
  if (typed === '') writeDraft(conversationId, text);
  else if (!typed.startsWith(text)) writeDraft(conversationId, `${text}\n\n${typed}`);
}

/** Forgets a draft that has just been sent in another way. */
export function sendDraft(conversationId: string | undefined, text: string): void {
  if (readDraft(conversationId) === text) writeDraft(conversationId, '');
}

/** Calls `listener` whenever a draft is written in this tab. @returns the function that ends it. */
export function onDraftChange(listener: (conversationId: string | undefined, text: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
