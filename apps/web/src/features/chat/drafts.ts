/** What was typed and not sent, per conversation. Kept in this browser; a closed storage costs only the reload. */
const prefix = 'twin.draft.';
const unsaved = new Map<string, string>();

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
}
