import type { Audience } from './audience.ts';

const texts = new Map<string, string>();
const listeners = new Set<() => void>();

export type Drafts = ReturnType<typeof createDrafts>;

/**
 * What was typed and not sent, per conversation; undefined is the one that does not exist yet. This page's own: another tab
 * may be typing too. The browser keeps it over a reload; a closed storage costs only that.
 */
function createDrafts(prefix: string) {
  function read(conversationId: string | undefined): string {
    const key = prefix + (conversationId ?? 'new');
    const known = texts.get(key);
    if (known !== undefined) return known;
    const kept = readKept(key);
    texts.set(key, kept);
    return kept;
  }

  function write(conversationId: string | undefined, text: string): void {
    writeKept(prefix + (conversationId ?? 'new'), text);
    for (const listener of listeners) listener();
  }

  return {
    read,
    write,
    /** Puts a question back that was not taken; in front of what was typed meanwhile, so that neither is lost. */
    restore(conversationId: string | undefined, text: string): void {
      const typed = read(conversationId);
      if (typed === '') write(conversationId, text);
      else if (!typed.startsWith(text)) write(conversationId, `${text}\n\n${typed}`);
    },
    /** Forgets a draft that has just been sent in another way. */
    send(conversationId: string | undefined, text: string): void {
      if (read(conversationId) === text) write(conversationId, '');
    },
    /** Leaves none, also of what other pages wrote. */
    clear(): void {
      for (const key of [...texts.keys(), ...listKept()].filter((one) => one.startsWith(prefix))) writeKept(key, '');
      for (const listener of listeners) listener();
    },
  };
}

/** Two people may use one browser: neither finds what the other has typed. */
export const draftsOf: Record<Audience, Drafts> = {
  owner: createDrafts('twin.draft.'),
  visitor: createDrafts('twin.visitor-draft.'),
};

function readKept(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

function writeKept(key: string, text: string): void {
  texts.set(key, text);
  try {
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // It lasts as long as the page.
  }
}

function listKept(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

/** Calls `listener` whenever a draft is written in this page. @returns the function that ends it. */
export function onDraftChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
