import type { TwinScope } from '@twin/db/scope';

/** Who is calling, as `authenticate()` established it. */
export type Principal =
  | { readonly kind: 'owner'; readonly scope: TwinScope; readonly userId: string; readonly label: string }
  | { readonly kind: 'api-key'; readonly scope: TwinScope; readonly keyId: string; readonly label: string }
  | Visitor;

/** Those who act for the twin's owner. */
export type OwnerSide = Exclude<Principal, Visitor>;

/** Whoever came by a share link, without an account. */
export interface Visitor {
  readonly kind: 'visitor';
  readonly scope: TwinScope;
  readonly visitorId: string;
  /** The link that let them in. */
  readonly linkId: string;
  readonly label: string;
}

/** Whose conversations a principal reaches: a visitor's own, or with null those of the owner's side, which no visitor reaches. */
export function visitorIdOf(principal: Principal): string | null {
  return principal.kind === 'visitor' ? principal.visitorId : null;
}

/** The stable part of a principal that limits are counted by. A label (`x-user-id`) is never part of it. */
export function principalKey(principal: Principal): string {
  switch (principal.kind) {
    case 'owner':
      return `owner:${principal.userId}`;
    case 'api-key':
      return `key:${principal.keyId}`;
    case 'visitor':
      return `visitor:${principal.visitorId}`;
  }
}
