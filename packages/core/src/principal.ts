import type { TwinScope } from '@twin/db/scope';

/** Who is calling, as `authenticate()` established it. */
export type Principal =
  | { readonly kind: 'owner'; readonly scope: TwinScope; readonly userId: string; readonly label: string }
  | { readonly kind: 'api-key'; readonly scope: TwinScope; readonly keyId: string; readonly label: string }
  | { readonly kind: 'visitor'; readonly scope: TwinScope; readonly visitorId: string; readonly label: string };

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
