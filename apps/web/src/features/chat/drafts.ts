/**
 * What was typed and not sent, per conversation. This page's own: another tab may be typing too. The browser keeps it over
 * a reload; a closed storage costs only that.
 */
const prefix = 'twin.draft.';
const drafts = new Map<string, string>();
const listeners = new Set<() => void>();

/** @param conversationId undefined for the conversation that does not exist yet. */
export function readDraft(conversationId: string | undefined): string {
  const key = prefix + (conversationId ?? 'new');
  const known = drafts.get(key);
  if (known !== undefined) return known;
  const kept = readKept(key);
  drafts.set(key, kept);
  return kept;
}

function readKept(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

export function writeDraft(conversationId: string | undefined, text: string): void {
  const key = prefix + (conversationId ?? 'new');
  drafts.set(key, text);
  try {
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // It lasts as long as the page.
  }
  for (const listener of listeners) listener();
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

/** Calls `listener` whenever a draft is written in this page. @returns the function that ends it. */
export function onDraftChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
