import type { Twin } from '@twin/db/queries/twins';

/** Who the twin is and how it answers, as its owner wrote it. */
export interface Persona {
  /** Of the person the twin stands for. */
  name: string;
  /** A few sentences about that person; may be empty. */
  bio: string;
  /** In a few words, such as "warm, a little dry"; may be empty. */
  tone: string;
  /** Whether it says "I" or speaks about the person. */
  person: 'first' | 'third';
  /** `strict`: only what a passage says. `balanced`: also what plainly follows, told as a conclusion. */
  strictness: 'strict' | 'balanced';
}

/** The name a twin is made with; whoever keeps it has not said who the twin is. */
export const unnamedTwin = 'My twin';

export function personaOf({ name, bio, tone, person, strictness }: Twin): Persona {
  return { name, bio, tone, person, strictness };
}
