import { createContext, useContext } from 'react';

/** Who looks at a chat: the owner's side, or a visitor, who has no documents to go to and nothing to configure. */
export type Audience = 'owner' | 'visitor';

export const AudienceOfChat = createContext<Audience>('owner');

export function useAudience(): Audience {
  return useContext(AudienceOfChat);
}

export function useIsVisitor(): boolean {
  return useAudience() === 'visitor';
}
