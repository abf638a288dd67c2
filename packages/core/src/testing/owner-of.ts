import type { TwinScope } from '@twin/db/scope';
import type { Principal } from '../principal.ts';

/** The owner, as everyone is who reaches a server on a loopback address. */
export function ownerOf(scope: TwinScope): Extract<Principal, { kind: 'owner' }> {
  return { kind: 'owner', scope, userId: 'local', label: 'owner' };
}
